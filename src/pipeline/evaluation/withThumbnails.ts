import { createHash } from "node:crypto";
import { ImageFailure } from "../../images/imageFailure.ts";
import { makeThumbnail } from "../../images/makeThumbnail.ts";
import { openUnitReader } from "../../images/unitReader.ts";
import type { Study } from "../../store/openStudy.ts";
import type { EvaluatedImage, Evaluation } from "../../validation/evaluation.ts";

/** All thumbnails together; in base64 they take 8 MB of the page's 10. */
const allBytes = 6_000_000;

/** Sides of the box that a thumbnail fits into, the larger for few images. */
const boxesPx = [192, 144, 96, 64];

/** What a JPEG of so many pixels takes at most of what is usual, in bytes per pixel. */
const bytesPerPixel = 0.35;

/**
 * The evaluation with a small picture of every coded image, for the self-contained page. A file that is gone, or has other content by
 * now, has none.
 */
export async function withThumbnails(
  study: Study,
  evaluation: Evaluation,
  signal?: AbortSignal,
): Promise<Evaluation> {
  const each = allBytes / Math.max(1, evaluation.images.length);
  const boxPx = boxesPx.find((px) => px * px * bytesPerPixel <= each) ?? (boxesPx.at(-1) as number);
  const reader = openUnitReader();
  const images: EvaluatedImage[] = [];
  let left = allBytes;
  try {
    for (const image of evaluation.images) {
      signal?.throwIfAborted();
      const file = study.units.maybeFileOf(image.imageId, image.unitId);
      const bytes = file && (await maybeThumbnail(() => reader.read(file.path), file.sha256, boxPx));
      const fits = bytes !== undefined && bytes.length <= left;
      if (fits) left -= bytes.length;
      const thumbnail = fits ? `data:image/jpeg;base64,${bytes.toString("base64")}` : undefined;
      images.push({ ...image, thumbnail });
    }
  } finally {
    await reader.close();
  }
  return { ...evaluation, images };
}

async function maybeThumbnail(
  read: () => Promise<Buffer>,
  sha256: Uint8Array,
  boxPx: number,
): Promise<Buffer | undefined> {
  try {
    const bytes = await read();
    if (!createHash("sha256").update(bytes).digest().equals(sha256)) return undefined;
    return (await makeThumbnail(bytes, boxPx, Number.POSITIVE_INFINITY)).bytes;
  } catch (error) {
    // Gone since it was classified: the page names it, and its figures stay.
    if (error instanceof ImageFailure) return undefined;
    throw error;
  }
}
