/** What a decoder writes to stderr before it ends itself because of its memory. */
export const overCeiling = "clipbook: above the memory ceiling";

/**
 * What decoding a picture takes at most for each of its pixels: four channels as decoded, once more with the opacity worked in,
 * and as much again for a format's own planes. What was measured is below (test/images/decoding).
 */
const bytesPerPixel = 16;

/**
 * Bytes that a decoder may hold while it works on a picture, beyond which it is a fault of the file.
 * @param maxBytes for the decoder itself
 * @param pixels 0 until the header is read
 */
export function memoryCeiling(maxBytes: number, fileBytes: number, pixels: number): number {
  return maxBytes + fileBytes + bytesPerPixel * pixels;
}
