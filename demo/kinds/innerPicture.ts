import type { Chance } from "../drawing/chance.ts";
import { pickPalette } from "../drawing/palette.ts";
import type { DrawKind } from "../drawing/sheet.ts";
import { windowed } from "../drawing/svg.ts";
import { campaignMaterialKinds } from "./campaignMaterial.ts";
import { foodKinds } from "./food.ts";
import { individualContactKinds } from "./individualContact.ts";
import { interviewKinds } from "./interviews.ts";
import { politicalEventKinds } from "./politicalEvents.ts";
import { portraitKinds } from "./portraits.ts";
import { sceneryKinds } from "./scenery.ts";

const innerKinds: readonly DrawKind[] = [
  politicalEventKinds,
  individualContactKinds,
  interviewKinds,
  portraitKinds,
  sceneryKinds,
  foodKinds,
  campaignMaterialKinds,
].flatMap((kinds) => Object.values(kinds) as DrawKind[]);

/** A small picture of any other kind, cut to the box. */
export function drawInner(
  chance: Chance,
  box: { x: number; y: number; width: number; height: number },
): string {
  const width = 480;
  const height = Math.max(360, Math.min(640, Math.round((480 * box.height) / box.width)));
  const inner = chance.pick(innerKinds)({ chance, width, height, palette: pickPalette(chance) });
  return windowed(inner.content, box, { width, height });
}
