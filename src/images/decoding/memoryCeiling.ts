/** What a decoder writes to stderr before it ends itself because of its memory. */
export const overCeiling = "clipbook: above the memory ceiling";

/**
 * More than any format was seen to take for each pixel of a picture, with its decoded channels, a copy of them and the format's
 * own planes; AVIF takes most.
 */
const bytesPerPixel = 32;

/**
 * Bytes that a decoder may hold while it works on a picture, beyond which it is a fault of the file.
 * @param maxBytes for the decoder itself
 * @param pixels 0 until the header is read
 */
export function memoryCeiling(maxBytes: number, fileBytes: number, pixels: number): number {
  return maxBytes + fileBytes + bytesPerPixel * pixels;
}
