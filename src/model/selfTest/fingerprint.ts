import { type Embeddings, embeddingAt } from "../../embeddings.ts";
import { seededRandom } from "../../seededRandom.ts";

/** Numbers that stand for an embedding in a fingerprint. */
const directions = 8;
/** Digits behind the point: what is rounded away is nothing beside the lowest cosine that passes. */
const digits = 4;

/**
 * Short stand-ins for embeddings that keep their distances: products with fixed vectors of ones and minus ones (Achlioptas 2003,
 * "Database-friendly random projections", Theorem 1.1, without its scaling), rounded to 4 digits. `[n, dim] -> [n, 8]`
 */
export function fingerprint(embeddings: Embeddings): readonly (readonly number[])[] {
  const signs = Array.from({ length: directions }, (_, k) => {
    const random = seededRandom(k + 1);
    return Int8Array.from({ length: embeddings.dim }, () => (random() < 0.5 ? -1 : 1));
  });
  return Array.from({ length: embeddings.count }, (_, i) => {
    const vector = embeddingAt(embeddings, i);
    return signs.map((sign) => {
      const product = vector.reduce((sum, x, d) => sum + x * (sign[d] as number), 0);
      return Number(product.toFixed(digits));
    });
  });
}

/**
 * Estimates the mean cosine between embeddings and those that had the other fingerprints, from the squared differences, whose
 * mean is the mean squared distance (Achlioptas 2003, Lemma 2.1). 1 for equal ones.
 * @throws RangeError when the fingerprints are not of the same size
 */
export function fingerprintCosine(
  found: readonly (readonly number[])[],
  recorded: readonly (readonly number[])[],
): number {
  const [a, b] = [found.flat(), recorded.flat()];
  if (a.length !== b.length || a.length === 0) throw new RangeError(`${a.length} numbers beside ${b.length}`);
  const squares = a.reduce((sum, x, i) => sum + (x - (b[i] as number)) ** 2, 0);
  return 1 - squares / a.length / 2;
}
