import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { isErrorCode } from "../src/errorCode.ts";
import { UserError } from "../src/errors.ts";
import { rasteriseSvg } from "../src/images/rasteriseSvg.ts";
import { placeNew } from "../src/placeNew.ts";
import { seededRandom } from "../src/seededRandom.ts";
import { discardTemporary, removeAbandoned, temporaryPath } from "../src/temporaryFile.ts";
import {
  type DrawnCategory,
  type DrawnPicture,
  drawnCategories,
  drawPicture,
  kindsByCategory,
} from "./drawPicture.ts";
import { type SeedRange, seedInRange, seedRanges } from "./seedRanges.ts";

/** A drawn picture's file and what it was drawn as. */
export interface DrawnTruth {
  readonly name: string;
  readonly category: DrawnCategory;
}

/** What to draw. */
export interface DrawPicturesOptions {
  /** How many pictures; the first ones are the same for every count. */
  readonly count: number;
  /** Which series of pictures. */
  readonly series?: number;
  readonly range?: SeedRange;
  /** Called with the number of pictures that are written. */
  readonly onProgress?: (drawn: number) => void;
  readonly signal?: AbortSignal;
}

/** How often a feed shows each category: more events than interviews, few landscapes. Adds up to 1. */
const shares: Readonly<Record<DrawnCategory, number>> = {
  Collages: 0.12,
  "Campaign Material": 0.18,
  "Political Events": 0.2,
  "Individual Contact": 0.17,
  "Interviews & Media": 0.11,
  "Social Media Moderation": 0.1,
  Other: 0.12,
};

const extensions = { jpeg: "jpg", png: "png", webp: "webp" } as const;

/**
 * Draws a feed of pictures into a folder, which is made where it is missing. Names do not tell the category. The same
 * series gives the same bytes.
 * @returns the drawn truth, in the order of the names
 * @throws UserError for a folder that cannot be written or has another file of a drawing's name
 * @throws RangeError for a count that is not whole or below 1; the signal's reason when aborted
 */
export async function drawPictures(
  directory: string,
  options: DrawPicturesOptions,
): Promise<readonly DrawnTruth[]> {
  const { count, series = 1, range = seedRanges.demo, onProgress, signal } = options;
  if (!Number.isInteger(count) || count < 1) throw new RangeError(`${count} pictures cannot be drawn`);
  await mkdir(directory, { recursive: true });
  await removeAbandoned(directory);
  const truth = new Array<DrawnTruth>(count);
  let next = 0;
  let drawn = 0;
  const drawNext = async (): Promise<void> => {
    while (next < count) {
      signal?.throwIfAborted();
      const index = next++;
      const { name, picture } = pictureOf(seedInRange(range, series, index), index);
      await writePicture(directory, name, await rasteriseSvg(picture.svg, { format: picture.format }));
      truth[index] = { name, category: picture.category };
      onProgress?.(++drawn);
    }
  };
  await Promise.all([drawNext(), drawNext(), drawNext()]);
  return truth;
}

/** What `drawPictures` draws the first pictures of the demo as, without drawing them; in the order of the names. @throws RangeError */
export function drawnTruth(count: number): readonly DrawnTruth[] {
  return Array.from({ length: count }, (_, index) => {
    const { name, picture } = pictureOf(seedInRange(seedRanges.demo, 1, index), index);
    return { name, category: picture.category };
  });
}

function pictureOf(seed: number, index: number): { readonly name: string; readonly picture: DrawnPicture } {
  const picture = drawPicture(pickKind(seed), seed);
  return { name: `post-${String(index + 1).padStart(4, "0")}.${extensions[picture.format]}`, picture };
}

/** Never over a file that is something else, nor half of one: only the same picture of an earlier time may be there. */
async function writePicture(directory: string, name: string, bytes: Buffer): Promise<void> {
  const path = join(directory, name);
  const temporary = temporaryPath(directory);
  try {
    await writeFile(temporary, bytes, { flag: "wx" });
    await placeNew(temporary, path);
  } catch (cause) {
    await discardTemporary(temporary);
    const isThere = isErrorCode(cause, "EEXIST");
    if (isThere && bytes.equals(await readFile(path))) return;
    const reason = isThere ? "there is another file of this name" : String(cause);
    throw new UserError(`${path}: the drawing cannot be written: ${reason}`, {
      hint: "name another folder for the demo",
      cause,
    });
  }
}

/** A kind for the picture of this seed: its category by the feed's shares, then any of the category's kinds. */
function pickKind(seed: number): string {
  // Another stream than the picture's own: its first draw must not decide the kind as well.
  const random = seededRandom(seed + 4_000_000_000);
  let rest = random();
  const category =
    drawnCategories.find((candidate) => {
      rest -= shares[candidate];
      return rest < 0;
    }) ?? "Other";
  const kinds = Object.keys(kindsByCategory[category]);
  return kinds[Math.floor(random() * kinds.length)] as string;
}
