import { cosinesWith } from "../../classify.ts";
import type { CodebookPhrase } from "../../codebook/codebook.ts";
import { type Embeddings, embeddingAt } from "../../embeddings.ts";
import { median } from "../../stats/median.ts";
import type { Known, NearestRival, PhraseSimilarities } from "./diagnostics.ts";

/** Above so many phrases their similarities are no table that anybody reads, and megabytes of numbers. */
const mostCompared = 200;

/**
 * How alike phrases and categories are to the model.
 * @param phraseEmbeddings `[P, dim]`
 * @param categoryEmbeddings `[C, dim]`
 */
export function phraseSimilarities(
  phrases: readonly CodebookPhrase[],
  phraseEmbeddings: Embeddings,
  categoryEmbeddings: Embeddings,
): { readonly similarities: PhraseSimilarities; readonly rivals: readonly Known<NearestRival>[] } {
  const rows = phrases.map((_, p) => cosinesWith(embeddingAt(phraseEmbeddings, p), phraseEmbeddings));
  const medianWithin = median(
    rows.flatMap((row, p) => [...row.subarray(0, p)].filter((_, other) => isSameCategory(phrases, p, other))),
  );
  return {
    similarities: {
      categories: Array.from({ length: categoryEmbeddings.count }, (_, c) =>
        rounded(cosinesWith(embeddingAt(categoryEmbeddings, c), categoryEmbeddings)),
      ),
      phrases: phrases.length > mostCompared ? undefined : rows.map(rounded),
      medianWithin,
    },
    rivals: rows.map((row, p): Known<NearestRival> => {
      let rival = -1;
      for (let other = 0; other < row.length; other++) {
        if (isSameCategory(phrases, p, other)) continue;
        if (rival < 0 || (row[other] as number) > (row[rival] as number)) rival = other;
      }
      if (rival < 0) return { why: "the codebook has one category" };
      const cosine = row[rival] as number;
      return {
        phrase: rival,
        cosine,
        isConfusable: medianWithin !== undefined && cosine > medianWithin,
      };
    }),
  };
}

function isSameCategory(phrases: readonly CodebookPhrase[], a: number, b: number): boolean {
  return phrases[a]?.categoryIndex === phrases[b]?.categoryIndex;
}

function rounded(cosines: Float64Array): readonly number[] {
  return Array.from(cosines, (cosine) => Math.round(cosine * 1e4) / 1e4);
}
