import { fittingJpeg } from "./fittingJpeg.ts";
import type { Picture } from "./openPicture.ts";

/** A small JPEG of a whole picture, upright. */
export interface ThumbnailImage {
  readonly bytes: Uint8Array;
  readonly widthPx: number;
  readonly heightPx: number;
}

/**
 * Makes a thumbnail without any of the file's metadata; transparent parts become white.
 * @param boxPx neither side is longer; pictures are not enlarged
 * @throws ImageFailure as the picture's `render` does
 */
export async function makeThumbnail(picture: Picture, boxPx: number): Promise<ThumbnailImage> {
  const { data, info } = await fittingJpeg(picture, boxPx, { quality: 72, mozjpeg: true });
  return { bytes: data, widthPx: info.width, heightPx: info.height };
}
