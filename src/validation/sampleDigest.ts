import { textDigest } from "./sha256.ts";

/**
 * Tells one sample from another outside of its study: SHA-256, hexadecimal, of the sample's name, its images and the categories that
 * they are coded with.
 * @param images SHA-256 of each image, in any order
 */
export function sampleDigest(name: string, images: readonly string[], categories: readonly string[]): string {
  return textDigest(JSON.stringify([name, images.toSorted(), categories]));
}
