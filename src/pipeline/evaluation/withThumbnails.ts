import { sharedDecoders } from "../../images/decoding/sharedDecoders.ts";
import { ImageFailure } from "../../images/imageFailure.ts";
import { openUnitReader } from "../../images/unitReader.ts";
import { importedFormat } from "../../store/importedImage.ts";
import type { Study } from "../../store/openStudy.ts";
import type { EvaluatedImage, Evaluation } from "../../validation/evaluation.ts";
import { mapAhead } from "../mapAhead.ts";
import { ImageUnavailable, type ScreenImages } from "../screenImages.ts";
import { workOnImage } from "../workOnImage.ts";

/** All thumbnails together; in base64 they take 8 MB of the page's 10. */
const allBytes = 6_000_000;

/** Sides of the box that a thumbnail fits into, the larger for few images. */
const boxesPx = [192, 144, 96, 64];

/** What a JPEG of so many pixels takes at most of what is usual, in bytes per pixel. */
const bytesPerPixel = 0.35;

/** As many as there are decoders at most. */
const atOnce = 4;

/** Where thumbnails come from, and how large they may be. */
export interface ThumbnailOptions {
  /** The server's, which keep what they made; undefined: made anew from the files. */
  readonly screenImages?: ScreenImages | undefined;
  /** All of them together; 6 000 000 unless told. */
  readonly mostBytes?: number;
  readonly signal?: AbortSignal | undefined;
}

/**
 * The evaluation with a small picture of every coded image, for the self-contained page. A file that is gone, or has other content by
 * now, has none, and from the first picture on that the page has no room for, none is made.
 * @throws the signal's reason when aborted
 */
export async function withThumbnails(
  study: Study,
  evaluation: Evaluation,
  { screenImages, mostBytes = allBytes, signal }: ThumbnailOptions = {},
): Promise<Evaluation> {
  const each = mostBytes / Math.max(1, evaluation.images.length);
  const boxPx = boxesPx.find((px) => px * px * bytesPerPixel <= each) ?? (boxesPx.at(-1) as number);
  const own = screenImages === undefined ? openThumbnails(study) : undefined;
  const make = (image: EvaluatedImage) =>
    screenImages === undefined
      ? own?.maybeThumbnail(image, boxPx, signal)
      : maybeScreenImage(screenImages, image, boxPx, signal);
  let left = mostBytes;
  let isFull = false;
  const images: EvaluatedImage[] = [];
  const made = mapAhead(
    inOrder(evaluation.images),
    () => atOnce,
    async (image) => ({ image, bytes: isFull ? undefined : await make(image), isSkipped: isFull }),
  );
  try {
    for await (const { image, bytes, isSkipped } of made) {
      signal?.throwIfAborted();
      isFull ||= bytes !== undefined && bytes.length > left;
      if (isSkipped || (isFull && bytes !== undefined)) images.push({ ...image, withoutThumbnail: "size" });
      else if (bytes === undefined)
        images.push({ ...image, withoutThumbnail: isImported(study, image) ? "away" : "gone" });
      else {
        left -= bytes.length;
        images.push({
          ...image,
          thumbnail: `data:image/jpeg;base64,${Buffer.from(bytes).toString("base64")}`,
        });
      }
    }
  } finally {
    await own?.close();
  }
  return { ...evaluation, images };
}

/** Whether the study knows of the image by an embedding from elsewhere only. */
function isImported(study: Study, { imageId, unitId }: EvaluatedImage): boolean {
  return study.units.maybeFileOf(imageId, unitId)?.format === importedFormat;
}

async function* inOrder(images: readonly EvaluatedImage[]): AsyncGenerator<EvaluatedImage> {
  yield* images;
}

async function maybeScreenImage(
  screenImages: ScreenImages,
  image: EvaluatedImage,
  boxPx: number,
  signal: AbortSignal | undefined,
): Promise<Uint8Array | undefined> {
  try {
    return await screenImages.thumbnailOf(image, boxPx, signal);
  } catch (error) {
    // Gone since it was classified: the page names it, and its figures stay.
    if (error instanceof ImageUnavailable) return undefined;
    throw error;
  }
}

function openThumbnails(study: Study) {
  const reader = openUnitReader();
  return {
    maybeThumbnail: async (
      image: EvaluatedImage,
      boxPx: number,
      signal: AbortSignal | undefined,
    ): Promise<Uint8Array | undefined> => {
      const file = study.units.maybeFileOf(image.imageId, image.unitId);
      if (file === undefined) return undefined;
      try {
        const options = { maxPixels: Number.POSITIVE_INFINITY, signal };
        const make = (bytes: Buffer) => sharedDecoders().thumbnail(bytes, boxPx, options);
        return (await workOnImage(reader, file, make, signal)).bytes;
      } catch (error) {
        // As above.
        if (error instanceof ImageFailure) return undefined;
        throw error;
      }
    },
    close: () => reader.close(),
  };
}
