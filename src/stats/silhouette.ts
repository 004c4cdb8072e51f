import { type Embeddings, embeddingAt } from "../embeddings.ts";

/** How much nearer items are to their own cluster than to the next one. */
export interface Silhouette {
  /** -1..1 for each item; 0 for one that is alone in its cluster. `[n]` */
  readonly values: readonly number[];
  readonly mean: number;
}

/**
 * Silhouettes from dissimilarities (Rousseeuw 1987, "Silhouettes", J. Computational and Applied Mathematics 20, section 2): `(b - a) / max(a,
 * b)`, a the mean dissimilarity to the item's own cluster, b the least mean to another. An item alone in its cluster has 0, by
 * his definition. In CLIP's space values are low throughout: they rank categories and are no pass mark. `[n, n], [n]`
 *
 * @returns undefined with fewer than two clusters
 * @throws RangeError for a matrix that is not `[n, n]`
 */
export function silhouette(
  dissimilarities: readonly (readonly number[])[],
  labels: readonly number[],
): Silhouette | undefined {
  const n = labels.length;
  if (dissimilarities.length !== n || dissimilarities.some((row) => row.length !== n))
    throw new RangeError(`${n} rows of ${n} dissimilarities are needed`);
  return silhouetteOf(labels, (item) => {
    const sums = new Map<number, number>();
    labels.forEach((label, other) => {
      sums.set(
        label,
        (sums.get(label) ?? 0) + (other === item ? 0 : (dissimilarities[item]?.[other] as number)),
      );
    });
    return sums;
  });
}

/**
 * Silhouettes of unit vectors with 1 - cosine as dissimilarity, by the clusters' sums: in time and memory for n vectors, not for
 * their pairs. `[n, dim], [n]`
 *
 * @returns undefined with fewer than two clusters
 * @throws RangeError for another number of labels than of vectors
 */
export function cosineSilhouette(vectors: Embeddings, labels: readonly number[]): Silhouette | undefined {
  if (labels.length !== vectors.count)
    throw new RangeError(`${labels.length} labels of ${vectors.count} vectors`);
  const sums = new Map<number, { count: number; readonly vector: Float64Array }>();
  labels.forEach((label, item) => {
    const sum = sums.get(label) ?? { count: 0, vector: new Float64Array(vectors.dim) };
    sum.count += 1;
    embeddingAt(vectors, item).forEach((x, i) => {
      sum.vector[i] = (sum.vector[i] as number) + x;
    });
    sums.set(label, sum);
  });
  return silhouetteOf(labels, (item) => {
    const own = embeddingAt(vectors, item);
    const selfCosine = own.reduce((sum, x) => sum + x * x, 0);
    return new Map(
      [...sums].map(([label, { count, vector }]) => {
        let cosines = 0;
        for (let i = 0; i < own.length; i++) cosines += (own[i] as number) * (vector[i] as number);
        // The item itself is at no distance from itself.
        return [label, count - cosines - (label === labels[item] ? 1 - selfCosine : 0)];
      }),
    );
  });
}

/** @param sumsOf the summed dissimilarities of an item to each cluster, itself left out */
function silhouetteOf(
  labels: readonly number[],
  sumsOf: (item: number) => ReadonlyMap<number, number>,
): Silhouette | undefined {
  const sizes = new Map<number, number>();
  for (const label of labels) sizes.set(label, (sizes.get(label) ?? 0) + 1);
  if (sizes.size < 2) return undefined;
  const values = labels.map((own, item) => {
    const ownSize = sizes.get(own) as number;
    if (ownSize === 1) return 0;
    let within = 0;
    let nearest = Number.POSITIVE_INFINITY;
    for (const [label, sum] of sumsOf(item)) {
      if (label === own) within = sum / (ownSize - 1);
      else nearest = Math.min(nearest, sum / (sizes.get(label) as number));
    }
    const larger = Math.max(within, nearest);
    return larger === 0 ? 0 : (nearest - within) / larger;
  });
  return { values, mean: values.reduce((sum, x) => sum + x, 0) / values.length };
}
