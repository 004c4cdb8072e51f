import { setImmediate as nextTurn } from "node:timers/promises";
import { type Classifier, meanPhraseEmbeddings } from "../../classify.ts";
import { codebookPhrases } from "../../codebook/codebook.ts";
import { type Embeddings, embeddingAt, matrixOf, stackEmbeddings } from "../../embeddings.ts";
import { openCosineProduct } from "../../model/cosineProduct.ts";
import { sampleIndices, seededRandom } from "../../seededRandom.ts";
import { accuracy } from "../../stats/accuracy.ts";
import { confusionMatrix } from "../../stats/confusionMatrix.ts";
import { macroF1 } from "../../stats/macroF1.ts";
import type { Run } from "../../store/runStore.ts";
import type { Baseline } from "../../validation/evaluation.ts";

/** Codebooks that are scrambled; the baseline is their mean. */
const scrambles = 100;

/** What baselines are computed from. */
export interface BaselineInput {
  /** `[n, dim]` */
  readonly images: Embeddings;
  readonly gold: readonly number[];
  readonly weights: readonly number[];
  readonly seed: number;
  readonly signal?: AbortSignal | undefined;
}

/**
 * What somebody who knows nothing would reach on the same images with the same weights: the largest category for all of them, and the
 * run's own phrases dealt anew among the categories.
 * @param classifier the run's
 * @throws the signal's reason when aborted
 */
export async function baselinesOf(
  run: Run,
  classifier: Classifier,
  { images, gold, weights, seed, signal }: BaselineInput,
): Promise<readonly Baseline[]> {
  const { categories } = run.codebook;
  const scored = (predicted: readonly number[]) => {
    const cells = confusionMatrix(gold, predicted, { categoryCount: categories.length, weights });
    return { accuracy: accuracy(cells), macroF1: macroF1(cells).value };
  };
  const totals = categories.map((_, category) =>
    gold.reduce((sum, truth, i) => sum + (truth === category ? (weights[i] as number) : 0), 0),
  );
  const largest = totals.indexOf(Math.max(...totals));
  const scrambled: { accuracy: number | undefined; macroF1: number | undefined }[] = [];
  for await (const cosines of scrambledCosines(run, classifier, images, seed)) {
    scrambled.push(scored(classifier.answersOf(cosines).map(({ category }) => category)));
    await nextTurn();
    signal?.throwIfAborted();
  }
  return [
    {
      name: "Largest category",
      explanation: `"${categories[largest]?.name}", truly the most frequent, for every image`,
      ...scored(gold.map(() => largest)),
    },
    {
      name: "Scrambled codebook",
      explanation: `the same phrases dealt at random among the categories, mean of ${scrambles}`,
      accuracy: meanOf(scrambled.map((score) => score.accuracy)),
      macroF1: meanOf(scrambled.map((score) => score.macroF1)),
    },
  ];
}

/**
 * The images' cosines with each scrambled codebook's references, from one product: phrases only change their columns, and the means of
 * all scrambled categories stand behind them. `[n, references]` each
 */
async function* scrambledCosines(
  run: Run,
  { references, scoring }: Classifier,
  images: Embeddings,
  seed: number,
): AsyncGenerator<Float32Array> {
  const phrases = codebookPhrases(run.codebook);
  const count = phrases.length;
  const random = seededRandom(seed);
  const deals = Array.from({ length: scrambles }, () => sampleIndices(count, count, random));
  const own = matrixOf(
    phrases.map((_, phrase) => embeddingAt(references, phrase)),
    references.dim,
  );
  const dealt = (deal: readonly number[]) =>
    matrixOf(
      deal.map((phrase) => embeddingAt(own, phrase)),
      own.dim,
    );
  const categoryCount = run.codebook.categories.length;
  const means =
    scoring === "mean" ? deals.map((deal) => meanPhraseEmbeddings(phrases, dealt(deal), categoryCount)) : [];
  const all = stackEmbeddings([own, ...means]);
  const product = await openCosineProduct(all);
  try {
    const cosines = await product.cosinesOf(images);
    for (const [i, deal] of deals.entries()) {
      const columns = means[i] === undefined ? 0 : categoryCount;
      const rows = new Float32Array(images.count * (count + columns));
      for (let image = 0, at = 0; image < images.count; image++) {
        const row = image * all.count;
        for (const phrase of deal) rows[at++] = cosines[row + phrase] as number;
        for (let c = 0; c < columns; c++) rows[at++] = cosines[row + count + i * categoryCount + c] as number;
      }
      yield rows;
    }
  } finally {
    await product.close();
  }
}

function meanOf(values: readonly (number | undefined)[]): number | undefined {
  const known = values.filter((value) => value !== undefined);
  return known.length === 0 ? undefined : known.reduce((sum, value) => sum + value, 0) / known.length;
}
