import { fittingJpeg } from "./fittingJpeg.ts";

/** Little is lost, and it is a tenth of the original's bytes. */
const quality = 85;

/**
 * A whole picture, upright, as a JPEG for looking at closely; without any of the file's metadata, transparent parts white.
 * @param boxPx neither side is longer; pictures are not enlarged
 * @throws ImageFailure as `openPicture` does
 */
export async function makeScreenJpeg(bytes: Buffer, boxPx: number, maxPixels?: number): Promise<Buffer> {
  return (await fittingJpeg(bytes, boxPx, maxPixels, { quality })).data;
}
