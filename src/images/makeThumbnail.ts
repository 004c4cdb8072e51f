import { fittingJpeg } from "./fittingJpeg.ts";

/** A small JPEG of a whole picture, upright. */
export interface ThumbnailImage {
  readonly bytes: Buffer;
  readonly widthPx: number;
  readonly heightPx: number;
}

/**
 * Makes a thumbnail without any of the file's metadata; transparent parts become white.
 * @param boxPx neither side is longer; pictures are not enlarged
 * @throws ImageFailure as `openPicture` does
 */
export async function makeThumbnail(
  bytes: Buffer,
  boxPx: number,
  maxPixels?: number,
): Promise<ThumbnailImage> {
  const { data, info } = await fittingJpeg(bytes, boxPx, maxPixels, { quality: 72, mozjpeg: true });
  return { bytes: data, widthPx: info.width, heightPx: info.height };
}
