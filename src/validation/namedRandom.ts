import { seededRandom } from "../seededRandom.ts";

/**
 * The stream of random numbers that belongs to a seed and a name, so that one seed, such as the usual 1, serves many names: a sample
 * of another name is no part of the first one, and each coder has another order. The name's FNV-1a number is mixed into the seed's
 * lower 32 bits.
 * @throws RangeError when the seed is not a safe integer
 */
export function namedRandom(seed: number, name: string): () => number {
  const high = Math.floor(seed / 2 ** 32);
  return seededRandom(high * 2 ** 32 + ((textNumber(name) ^ seed) >>> 0));
}

/** FNV-1a of a text's UTF-8 bytes, 32 bits (Fowler, Noll and Vo; RFC 9923). */
function textNumber(text: string): number {
  let hash = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(text)) hash = Math.imul(hash ^ byte, 0x01000193);
  return hash >>> 0;
}
