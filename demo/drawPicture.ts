import { createChance } from "./drawing/chance.ts";
import { pickPalette } from "./drawing/palette.ts";
import type { DrawKind } from "./drawing/sheet.ts";
import { campaignMaterialKinds } from "./kinds/campaignMaterial.ts";
import { collageKinds } from "./kinds/collages.ts";
import { foodKinds } from "./kinds/food.ts";
import { individualContactKinds } from "./kinds/individualContact.ts";
import { interviewKinds } from "./kinds/interviews.ts";
import { politicalEventKinds } from "./kinds/politicalEvents.ts";
import { portraitKinds } from "./kinds/portraits.ts";
import { sceneryKinds } from "./kinds/scenery.ts";

/** The kinds of pictures that belong to each category of `demo/codebook.yaml`. */
export const kindsByCategory = {
  Collages: collageKinds,
  "Campaign Material": campaignMaterialKinds,
  "Political Events": politicalEventKinds,
  "Individual Contact": individualContactKinds,
  "Interviews & Media": interviewKinds,
  "Social Media Moderation": portraitKinds,
  Other: { ...sceneryKinds, ...foodKinds },
} as const satisfies Record<string, Record<string, DrawKind>>;

/** A category that drawn pictures belong to. */
export type DrawnCategory = keyof typeof kindsByCategory;

/** A drawn picture before it is turned into pixels. */
export interface DrawnPicture {
  readonly svg: string;
  readonly widthPx: number;
  readonly heightPx: number;
  readonly kind: string;
  readonly category: DrawnCategory;
  /** The file format that this picture is kept in. */
  readonly format: "jpeg" | "png" | "webp";
  /** Words for what is to be seen: place, time, colour, number of people. */
  readonly seen: Readonly<Record<string, string>>;
}

/** The categories, in the codebook's order. */
export const drawnCategories = Object.keys(kindsByCategory) as readonly DrawnCategory[];

/** Every kind of picture that `drawPicture` knows. */
export const pictureKinds: readonly string[] = Object.values(kindsByCategory).flatMap((kinds) =>
  Object.keys(kinds),
);

/** Portrait, square and landscape, as feeds show them. */
const formats = [
  [640, 640],
  [640, 640],
  [576, 720],
  [576, 720],
  [600, 600],
  [720, 540],
  [640, 480],
] as const;

/**
 * Draws one picture of a kind. The same kind and seed give the same text of SVG.
 *
 * @throws RangeError for a kind that is not in `pictureKinds`
 */
export function drawPicture(kind: string, seed: number): DrawnPicture {
  const [category, draw] = findKind(kind);
  const chance = createChance(seed);
  const [widthPx, heightPx] = chance.pick(formats);
  const format = chance.pick([
    "jpeg",
    "jpeg",
    "jpeg",
    "jpeg",
    "jpeg",
    "jpeg",
    "jpeg",
    "png",
    "webp",
  ] as const);
  const { content, seen } = draw({ chance, width: widthPx, height: heightPx, palette: pickPalette(chance) });
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${widthPx}" height="${heightPx}" viewBox="0 0 ${widthPx} ${heightPx}">${content}</svg>`;
  return { svg, widthPx, heightPx, kind, category, format, seen };
}

function findKind(kind: string): readonly [DrawnCategory, DrawKind] {
  for (const category of drawnCategories) {
    const kinds: Readonly<Record<string, DrawKind>> = kindsByCategory[category];
    const draw = kinds[kind];
    if (draw !== undefined) return [category, draw];
  }
  throw new RangeError(`there is no kind of picture called "${kind}"`);
}
