/** Two phrases by index, and the cosine of their embeddings. */
export interface SimilarPair {
  readonly first: number;
  readonly second: number;
  readonly cosine: number;
}

/**
 * Pairs of phrases of different categories, the most similar first.
 * @param similarities cosines row by row `[P, P]`
 * @param categories the category of each phrase `[P]`
 */
export function similarPairs(
  similarities: readonly number[],
  categories: readonly number[],
  most: number,
): readonly SimilarPair[] {
  const pairs: SimilarPair[] = [];
  for (let first = 0; first < categories.length; first++) {
    for (let second = first + 1; second < categories.length; second++) {
      if (categories[first] === categories[second]) continue;
      pairs.push({ first, second, cosine: similarities[first * categories.length + second] ?? 0 });
    }
  }
  return pairs.toSorted((a, b) => b.cosine - a.cosine).slice(0, most);
}

/** The smallest and largest cosine of two different phrases; undefined for fewer than two. */
export function similarityRange(
  similarities: readonly number[],
  phrases: number,
): { readonly least: number; readonly most: number } | undefined {
  if (phrases < 2) return undefined;
  let least = Number.POSITIVE_INFINITY;
  let most = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < phrases; i++) {
    for (let j = 0; j < i; j++) {
      const cosine = similarities[i * phrases + j] ?? 0;
      least = Math.min(least, cosine);
      most = Math.max(most, cosine);
    }
  }
  return { least, most };
}
