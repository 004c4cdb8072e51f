import { sampleIndices } from "../seededRandom.ts";
import { namedRandom } from "./namedRandom.ts";

/**
 * The order in which a coder sees a sample's images: `[size]` places, shuffled by the sample's seed and the coder's name, so that each
 * coder has an order of their own and finds it again.
 */
export function codingOrder(size: number, seed: number, coder: string): readonly number[] {
  return sampleIndices(size, size, namedRandom(seed, coder));
}
