import type { DrawKind } from "../drawing/sheet.ts";
import { drawBillboard } from "./billboard.ts";
import { drawBrochure, drawLeaflets } from "./leaflets.ts";
import { drawFullPoster, drawPosterWall } from "./posters.ts";
import { drawYardSigns } from "./yardSigns.ts";

/** Posters, leaflets, billboards and yard signs. */
export const campaignMaterialKinds = {
  poster: drawFullPoster,
  leaflets: drawLeaflets,
  billboard: drawBillboard,
  yardSigns: drawYardSigns,
  posterWall: drawPosterWall,
  brochure: drawBrochure,
} satisfies Record<string, DrawKind>;
