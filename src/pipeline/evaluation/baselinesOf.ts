import type { Embeddings } from "../../embeddings.ts";
import { openCosineProduct } from "../../model/cosineProduct.ts";
import { seededRandom } from "../../seededRandom.ts";
import { accuracy } from "../../stats/accuracy.ts";
import { confusionMatrix } from "../../stats/confusionMatrix.ts";
import { macroF1 } from "../../stats/macroF1.ts";
import type { Study } from "../../store/openStudy.ts";
import type { Run } from "../../store/runStore.ts";
import type { Baseline } from "../../validation/evaluation.ts";
import { scrambleCodebook } from "../../validation/scrambleCodebook.ts";
import { classifierOfRun } from "../classifierOfRun.ts";

/** Codebooks that are scrambled; the baseline is their mean. */
const scrambles = 100;

/** What baselines are computed from. */
export interface BaselineInput {
  /** `[n, dim]` */
  readonly images: Embeddings;
  readonly gold: readonly number[];
  readonly weights: readonly number[];
  readonly seed: number;
}

/**
 * What somebody who knows nothing would reach on the same images with the same weights: the largest category for all of them, and the
 * run's own phrases dealt anew among the categories.
 */
export async function baselinesOf(
  study: Study,
  run: Run,
  { images, gold, weights, seed }: BaselineInput,
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
  const random = seededRandom(seed);
  const scrambled: { accuracy: number | undefined; macroF1: number | undefined }[] = [];
  for (let i = 0; i < scrambles; i++) {
    const classifier = classifierOfRun(study, { ...run, codebook: scrambleCodebook(run.codebook, random) });
    const product = await openCosineProduct(classifier.references);
    try {
      const answers = classifier.answersOf(await product.cosinesOf(images));
      scrambled.push(scored(answers.map(({ category }) => category)));
    } finally {
      await product.close();
    }
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

function meanOf(values: readonly (number | undefined)[]): number | undefined {
  const known = values.filter((value) => value !== undefined);
  return known.length === 0 ? undefined : known.reduce((sum, value) => sum + value, 0) / known.length;
}
