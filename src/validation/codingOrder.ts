import { sampleIndices, seededRandom } from "../seededRandom.ts";

/**
 * The order in which a coder sees a sample's images: `[size]` places, shuffled by the sample's seed and the coder's name, so that each
 * coder has an order of their own and finds it again.
 */
export function codingOrder(size: number, seed: number, coder: string): readonly number[] {
  return sampleIndices(size, size, seededRandom((textNumber(coder) ^ (seed | 0)) >>> 0));
}

/** FNV-1a of a text's UTF-8 bytes, 32 bits (Fowler, Noll and Vo; RFC 9923). */
function textNumber(text: string): number {
  let hash = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(text)) hash = Math.imul(hash ^ byte, 0x01000193);
  return hash >>> 0;
}
