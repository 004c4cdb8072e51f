import type { DrawKind } from "../drawing/sheet.ts";
import { drawCheeringAudience } from "./cheeringAudience.ts";
import { drawConventionHall } from "./conventionHall.ts";
import { drawEmptyVenue } from "./emptyVenue.ts";
import { drawMarch } from "./march.ts";
import { drawRally } from "./rally.ts";
import { drawStageSpeech } from "./stageSpeech.ts";

/** Rallies, marches, stages, halls and venues. */
export const politicalEventKinds = {
  rally: drawRally,
  march: drawMarch,
  stageSpeech: drawStageSpeech,
  conventionHall: drawConventionHall,
  emptyVenue: drawEmptyVenue,
  cheeringAudience: drawCheeringAudience,
} satisfies Record<string, DrawKind>;
