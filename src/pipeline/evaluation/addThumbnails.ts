import type { EvaluatedImage, Evaluation } from "../../validation/evaluation.ts";
import { ImageUnavailable, type ScreenImages } from "../screenImages.ts";

/** Side of the box that a thumbnail fits into: the gallery's own size, which is often made already. */
const boxPx = 192;
/** All thumbnails together; in base64 they take 8 MB of the page. */
const allBytes = 6_000_000;
/** As many as libuv decodes side by side. */
const atOnce = 4;

/**
 * An evaluation with small copies of its coded images, errors first, as many as fit on a page. An image that is no longer there, or has
 * other content by now, is without.
 * @throws the signal's reason when aborted
 */
export async function addThumbnails(
  evaluation: Evaluation,
  screenImages: ScreenImages,
  signal?: AbortSignal,
): Promise<Evaluation> {
  const wrongFirst = evaluation.images
    .filter(({ trueCategory }) => trueCategory !== undefined)
    .toSorted((a, b) => Number(a.trueCategory === a.predicted) - Number(b.trueCategory === b.predicted));
  const thumbnails = new Map<number, string>();
  let left = allBytes;
  for (let at = 0; at < wrongFirst.length && left > 0; at += atOnce) {
    signal?.throwIfAborted();
    const batch = wrongFirst.slice(at, at + atOnce);
    const made = await Promise.all(batch.map((image) => maybeThumbnail(image, screenImages, signal)));
    for (const [index, bytes] of made.entries()) {
      if (bytes === undefined || bytes.length > left) continue;
      left -= bytes.length;
      thumbnails.set(
        (batch[index] as EvaluatedImage).place,
        `data:image/jpeg;base64,${Buffer.from(bytes).toString("base64")}`,
      );
    }
  }
  return {
    ...evaluation,
    images: evaluation.images.map((image) => ({ ...image, thumbnail: thumbnails.get(image.place) })),
  };
}

async function maybeThumbnail(
  image: EvaluatedImage,
  screenImages: ScreenImages,
  signal: AbortSignal | undefined,
): Promise<Uint8Array | undefined> {
  try {
    return await screenImages.thumbnailOf(image, boxPx, signal);
  } catch (error) {
    if (error instanceof ImageUnavailable) return undefined;
    throw error;
  }
}
