import { sampleIndices, seededRandom } from "../seededRandom.ts";
import type { DrawnDesign } from "./drawnDesign.ts";
import { namedRandom } from "./namedRandom.ts";
import { sha256 } from "./sha256.ts";

/**
 * The order in which a coder sees a sample's images: `[size]` places, shuffled by the sample's key and the coder's name, so that each
 * coder has an order of their own and finds it again. Not by the seed: coders can guess it, work out the places, and from these
 * which images were drawn as one stratum, which is to say with the same prediction. Samples that were drawn before there were keys keep
 * the order by their seed.
 */
export function codingOrder(
  size: number,
  { seed, design }: { readonly seed: number; readonly design: Pick<DrawnDesign, "orderKey"> },
  coder: string,
): readonly number[] {
  if (design.orderKey === undefined) return sampleIndices(size, size, namedRandom(seed, coder));
  const digest = sha256(new TextEncoder().encode(JSON.stringify([design.orderKey, coder])));
  const words = new DataView(digest.buffer, digest.byteOffset, digest.byteLength);
  let order = Array.from({ length: size }, (_, place) => place);
  // A shuffle hangs on 32 bits, which could all be tried; so many one upon the other hang on the whole key.
  for (let at = 0; at < digest.byteLength; at += 4) {
    const shuffled = sampleIndices(size, size, seededRandom(words.getUint32(at)));
    order = shuffled.map((index) => order[index] as number);
  }
  return order;
}
