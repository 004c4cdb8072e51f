import type { DrawKind } from "../drawing/sheet.ts";
import { drawForest } from "./forest.ts";
import { drawMountains } from "./mountains.ts";
import { drawSea } from "./sea.ts";
import { drawSkyline } from "./skyline.ts";
import { drawSunset } from "./sunset.ts";

/** Landscapes and travel. */
export const sceneryKinds = {
  mountains: drawMountains,
  sea: drawSea,
  forest: drawForest,
  skyline: drawSkyline,
  sunset: drawSunset,
} satisfies Record<string, DrawKind>;
