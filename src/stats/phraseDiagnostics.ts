import { categoryBySimilarity, type PhraseAggregation, type PhraseCosines } from "./categoryBySimilarity.ts";
import { product } from "./linear/product.ts";

/** What a codebook's phrases are worth, without labels. */
export interface PhraseDiagnostics {
  /** `[P, P]` */
  readonly phraseCosines: readonly (readonly number[])[];
  /** The images that each phrase wins. `[P]` */
  readonly wins: readonly number[];
  /** Each phrase's nearest phrase of another category; undefined in a codebook of one category. `[P]` */
  readonly nearestRivals: readonly ({ readonly phrase: number; readonly cosine: number } | undefined)[];
  /** By each way of aggregating phrases: the images' categories `[n]` and what leaving a phrase out changes `[P]`. */
  readonly aggregations: Readonly<Record<PhraseAggregation, AggregationDiagnostics>>;
  /** The distance of the mean image from the mean phrase (Liang et al. 2022, "Mind the gap", NeurIPS 35, section 2). */
  readonly modalityGap: number;
}

export interface AggregationDiagnostics {
  readonly categories: readonly number[];
  /** The share of images whose category changes without the phrase; undefined for a category's only phrase. */
  readonly changedWithout: readonly (number | undefined)[];
}

/**
 * Cosines among phrases, images won, rivals, and how much categories hang on single phrases and on the way of aggregating them. Vectors
 * need not have length 1. Of equals the first counts. In memory for images times phrases.
 *
 * @param images `[n, dim]`
 * @param phrases `[P, dim]`
 * @param categories each phrase's, from 0. `[P]`
 * @throws RangeError for no images or phrases, lengths that differ, or a vector without a direction
 */
export function phraseDiagnostics(
  images: readonly (readonly number[])[],
  phrases: readonly (readonly number[])[],
  categories: readonly number[],
): PhraseDiagnostics {
  if (images.length === 0 || phrases.length === 0 || categories.length !== phrases.length)
    throw new RangeError("images, and phrases with their categories, are needed");
  const imageVectors = images.map(unitVector);
  const phraseVectors = phrases.map(unitVector);
  const cosines: PhraseCosines = {
    imageCosines: imageVectors.map((image) => phraseVectors.map((phrase) => product(image, phrase))),
    phraseCosines: phraseVectors.map((a) => phraseVectors.map((b) => product(a, b))),
    categories,
  };
  const wins = phrases.map(() => 0);
  for (const row of cosines.imageCosines) {
    const best = row.indexOf(Math.max(...row));
    wins[best] = (wins[best] as number) + 1;
  }
  const gap = meanVector(imageVectors).map((x, i) => x - (meanVector(phraseVectors)[i] as number));
  return {
    phraseCosines: cosines.phraseCosines,
    wins,
    nearestRivals: nearestRivals(cosines),
    aggregations: {
      "mean-embedding": aggregationDiagnostics(cosines, "mean-embedding"),
      "mean-similarity": aggregationDiagnostics(cosines, "mean-similarity"),
      "max-similarity": aggregationDiagnostics(cosines, "max-similarity"),
    },
    modalityGap: Math.hypot(...gap),
  };
}

function aggregationDiagnostics(
  cosines: PhraseCosines,
  aggregation: PhraseAggregation,
): AggregationDiagnostics {
  const categories = categoryBySimilarity(cosines, aggregation) as readonly number[];
  return {
    categories,
    changedWithout: cosines.categories.map((_, phrase) => {
      const without = categoryBySimilarity(cosines, aggregation, phrase);
      if (without === undefined) return undefined;
      return without.filter((category, i) => category !== categories[i]).length / categories.length;
    }),
  };
}

function nearestRivals({ phraseCosines, categories }: PhraseCosines): PhraseDiagnostics["nearestRivals"] {
  return phraseCosines.map((row, own) => {
    let nearest: { readonly phrase: number; readonly cosine: number } | undefined;
    row.forEach((cosine, phrase) => {
      if (categories[phrase] === categories[own]) return;
      if (nearest === undefined || cosine > nearest.cosine) nearest = { phrase, cosine };
    });
    return nearest;
  });
}

function unitVector(vector: readonly number[]): readonly number[] {
  const length = Math.hypot(...vector);
  if (!(length > 0 && Number.isFinite(length))) throw new RangeError(`a vector of length ${length}`);
  return vector.map((x) => x / length);
}

function meanVector(vectors: readonly (readonly number[])[]): readonly number[] {
  return (vectors[0] ?? []).map(
    (_, i) => vectors.reduce((sum, vector) => sum + (vector[i] as number), 0) / vectors.length,
  );
}
