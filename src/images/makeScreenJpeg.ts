import { fittingJpeg } from "./fittingJpeg.ts";
import type { ThumbnailImage } from "./makeThumbnail.ts";
import type { Picture } from "./openPicture.ts";

/** Little is lost, and it is a tenth of the original's bytes. */
const quality = 85;

/**
 * A whole picture, upright, as a JPEG for looking at closely; without any of the file's metadata, transparent parts white.
 * @param boxPx neither side is longer; pictures are not enlarged
 * @throws ImageFailure as the picture's `render` does
 */
export async function makeScreenJpeg(picture: Picture, boxPx: number): Promise<ThumbnailImage> {
  const { data, info } = await fittingJpeg(picture, boxPx, { quality });
  return { bytes: data, widthPx: info.width, heightPx: info.height };
}
