/**
 * How phrases' cosines make a category's: `mean-embedding`, the cosine with the renormalised mean of its phrases (Radford et al. 2021,
 * section 3.1.4); `mean-similarity`, their mean; `max-similarity`, the best phrase's.
 */
export type PhraseAggregation = "mean-embedding" | "mean-similarity" | "max-similarity";

/** A codebook's phrases as numbers. */
export interface PhraseCosines {
  /** Of images and phrases. `[n, P]` */
  readonly imageCosines: readonly (readonly number[])[];
  /** Of phrases among one another. `[P, P]` */
  readonly phraseCosines: readonly (readonly number[])[];
  /** Each phrase's category, from 0. `[P]` */
  readonly categories: readonly number[];
}

/**
 * Each image's category by one way of aggregating, of equals the first. `[n]`
 *
 * @param leftOut a phrase to do without
 * @returns undefined where that leaves its category without a phrase
 */
export function categoryBySimilarity(
  { imageCosines, phraseCosines, categories }: PhraseCosines,
  aggregation: PhraseAggregation,
  leftOut?: number,
): readonly number[] | undefined {
  const members = Array.from({ length: Math.max(...categories) + 1 }, (_, category) =>
    categories.flatMap((of, phrase) => (of === category && phrase !== leftOut ? [phrase] : [])),
  );
  if (leftOut !== undefined && members[categories[leftOut] as number]?.length === 0) return undefined;
  // The length of the sum of a category's phrases, by their cosines.
  const lengths = members.map((phrases) =>
    Math.sqrt(
      phrases.reduce(
        (sum, a) => sum + phrases.reduce((part, b) => part + (phraseCosines[a]?.[b] as number), 0),
        0,
      ),
    ),
  );
  return imageCosines.map((row) => {
    const scores = members.map((phrases, category) => {
      const cosines = phrases.map((phrase) => row[phrase] as number);
      if (aggregation === "max-similarity") return Math.max(...cosines);
      const sum = cosines.reduce((total, x) => total + x, 0);
      return sum / (aggregation === "mean-similarity" ? phrases.length : (lengths[category] as number));
    });
    return scores.reduce(
      (best, score, category) => (score > (scores[best] ?? Number.NEGATIVE_INFINITY) ? category : best),
      scores.findIndex((score) => !Number.isNaN(score)),
    );
  });
}
