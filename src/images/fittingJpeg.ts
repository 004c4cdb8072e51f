import type { JpegOptions, OutputInfo } from "sharp";
import type { Picture } from "./openPicture.ts";

/**
 * A whole picture, upright, as a JPEG that fits into a square, without any of the file's metadata; transparent parts become white.
 * @param boxPx neither side is longer; pictures are not enlarged
 * @throws ImageFailure as the picture's `render` does
 */
export async function fittingJpeg(
  picture: Picture,
  boxPx: number,
  options: JpegOptions,
): Promise<{ readonly data: Buffer; readonly info: OutputInfo }> {
  const { value } = await picture.render((sharp) =>
    sharp
      .resize(boxPx, boxPx, { fit: "inside", withoutEnlargement: true })
      .flatten({ background: "#ffffff" })
      .toColourspace("srgb")
      .jpeg(options)
      .toBuffer({ resolveWithObject: true }),
  );
  return value;
}
