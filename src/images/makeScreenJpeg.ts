import { openPicture } from "./openPicture.ts";

/** Little is lost, and it is a tenth of the original's bytes. */
const quality = 85;

/**
 * A whole picture, upright, as a JPEG for looking at closely; without any of the file's metadata, transparent parts white.
 * @param boxPx neither side is longer; pictures are not enlarged
 * @throws ImageFailure as `openPicture` does
 */
export async function makeScreenJpeg(bytes: Buffer, boxPx: number, maxPixels?: number): Promise<Buffer> {
  const picture = await openPicture(bytes, maxPixels);
  const { value } = await picture.render((sharp) =>
    sharp
      .resize(boxPx, boxPx, { fit: "inside", withoutEnlargement: true })
      .flatten({ background: "#ffffff" })
      .toColourspace("srgb")
      .jpeg({ quality })
      .toBuffer(),
  );
  return value;
}
