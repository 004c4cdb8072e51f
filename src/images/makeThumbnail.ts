import { openPicture } from "./openPicture.ts";

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
  const picture = await openPicture(bytes, maxPixels);
  const { value } = await picture.render((sharp) =>
    sharp
      .resize(boxPx, boxPx, { fit: "inside", withoutEnlargement: true })
      .flatten({ background: "#ffffff" })
      .toColourspace("srgb")
      .jpeg({ quality: 72, mozjpeg: true })
      .toBuffer({ resolveWithObject: true }),
  );
  return { bytes: value.data, widthPx: value.info.width, heightPx: value.info.height };
}
