import { codebookPhrases } from "../codebook/codebook.ts";
import { sharedDecoders } from "../images/decoding/sharedDecoders.ts";
import { ImageFailure } from "../images/imageFailure.ts";
import type { UnitReader } from "../images/unitReader.ts";
import type { OverviewImage, Thumbnail } from "../report/overview.ts";
import type { StoredImage } from "../store/imageStore.ts";
import { importedFormat } from "../store/importedImage.ts";
import type { Study } from "../store/openStudy.ts";
import type { Run, RunRow } from "../store/runStore.ts";
import { workOnImage } from "./workOnImage.ts";

/** How large a card's thumbnail may be. */
export interface ThumbnailLimits {
  /** Neither side is longer. */
  readonly boxPx: number;
  /** A picture that needs more at that size is made smaller. */
  readonly maxBytes: number;
}

/** No thumbnail is made smaller than this for the sake of its bytes: nobody could tell what it shows. */
const leastBoxPx = 48;

/**
 * One classified unit as the overview shows it. A picture that is no longer there, or has other content by now, has no
 * thumbnail.
 * @throws RangeError for a row without a prediction; the signal's reason when aborted
 */
export async function makeOverviewCard(
  study: Study,
  run: Run,
  position: number,
  limits: ThumbnailLimits,
  reader: UnitReader,
  signal?: AbortSignal,
): Promise<OverviewImage> {
  const row = study.runs.row(run.id, position);
  const { prediction } = row;
  if (prediction === undefined) throw new RangeError(`row ${position} of run ${run.id} has no prediction`);
  const { categories } = run.codebook;
  const phrases = codebookPhrases(run.codebook);
  const named = (answer: { category: number; phrase: number; probability: number }) => ({
    category: categories[answer.category]?.name ?? "",
    phrase: phrases[answer.phrase]?.text ?? "",
    probability: answer.probability,
  });
  const { runnerUp } = prediction;
  const image = study.images.get(row.imageId as number);
  const thumbnail = await maybeThumbnail(image, row, limits, reader, signal);
  return {
    name: row.unit.name,
    thumbnail,
    ...(thumbnail === undefined && image.format === importedFormat && { isAway: true }),
    ...named(prediction),
    runnerUp: runnerUp && named(runnerUp),
    margin: runnerUp && Math.max(0, prediction.probability - runnerUp.probability),
  };
}

async function maybeThumbnail(
  { sha256, format }: StoredImage,
  { unit }: RunRow,
  limits: ThumbnailLimits,
  reader: UnitReader,
  signal: AbortSignal | undefined,
): Promise<Thumbnail | undefined> {
  const make = (bytes: Buffer) => fittingThumbnail(bytes, limits, signal);
  try {
    return await workOnImage(reader, { path: unit.path, sha256, format }, make, signal);
  } catch (error) {
    // Gone or changed since it was classified: the card says so, and the prediction stays.
    if (error instanceof ImageFailure) return undefined;
    throw error;
  }
}

async function fittingThumbnail(
  bytes: Buffer,
  { boxPx, maxBytes }: ThumbnailLimits,
  signal: AbortSignal | undefined,
): Promise<Thumbnail> {
  // The user's pixel limit let it pass when it was classified.
  const options = { maxPixels: Number.POSITIVE_INFINITY, signal };
  for (let sidePx = boxPx; ; ) {
    const thumbnail = await sharedDecoders().thumbnail(bytes, sidePx, options);
    const excess = thumbnail.bytes.length / maxBytes;
    if (excess > 1 && sidePx > leastBoxPx) {
      // Bytes go with the area, roughly: a little less is tried, so that the next one mostly fits.
      const nextPx = Math.floor((0.9 * Math.max(thumbnail.widthPx, thumbnail.heightPx)) / Math.sqrt(excess));
      sidePx = Math.max(leastBoxPx, Math.min(nextPx, sidePx - 8));
      continue;
    }
    const { widthPx, heightPx } = thumbnail;
    return {
      mimeType: "image/jpeg",
      base64: Buffer.from(thumbnail.bytes).toString("base64"),
      widthPx,
      heightPx,
    };
  }
}
