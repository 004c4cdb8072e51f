import { seededRandom } from "../../seededRandom.ts";
import { confusionMatrix } from "../../stats/confusionMatrix.ts";
import {
  type DesignEstimate,
  designEstimate,
  type EstimateMethod,
  shareEstimate,
} from "../../stats/designEstimate.ts";
import { type GoldSample, weightedCells } from "../../stats/goldSample.ts";
import type { ClassificationMetric } from "../../stats/linearisedMetric.ts";
import { macroF1 } from "../../stats/macroF1.ts";
import { matthewsCorrelation } from "../../stats/matthewsCorrelation.ts";
import { qualityIntervals } from "../../stats/qualityIntervals.ts";
import { topKAccuracy } from "../../stats/topKAccuracy.ts";
import type { Interval } from "../../stats/wilsonInterval.ts";
import { estimated, notEstimable } from "../../validation/estimate.ts";
import type { CategoryQuality, Estimate, Quality } from "../../validation/evaluation.ts";

/** Draws of the posterior from which intervals are read. */
const posteriorDraws = 2000;

/** How intervals of shares are called in reports. */
export const shareMethods: Readonly<Record<EstimateMethod, string>> = {
  beta: "stratified beta posterior, Jeffreys' prior",
  "korn-graubard": "Korn-Graubard",
  logit: "linearised, logit scale",
  t: "linearised, Student's t",
};

const posteriorMethod = "stratified Dirichlet posterior, Jeffreys' prior";
const meanMethod = "hull of the linearised interval, logit scale, and that from the categories' posteriors";
const kappaMethod = "hull of the linearised interval, Student's t, and a stratified Dirichlet posterior";

/** What the qualities of predictions are computed from. */
export interface QualityInput {
  readonly gold: GoldSample;
  /** Each image's probability of every category. `[n, K]` */
  readonly probabilities: readonly (readonly number[])[];
  readonly categories: readonly string[];
  /** Of the posterior's draws. */
  readonly seed: number;
}

/** How often the predictions are right, weighted to the target; needs at least one image. */
export function qualityOf({ gold, probabilities, categories, seed }: QualityInput): Quality {
  const { categoryCount } = gold;
  const counts = confusionMatrix(gold.gold, gold.predicted, { categoryCount });
  const cells = weightedCells(gold);
  const total = cells.flat().reduce((sum, cell) => sum + cell, 0);
  const intervals = qualityIntervals(gold, { draws: posteriorDraws, random: seededRandom(seed) });
  const share = (found: DesignEstimate | undefined, why: string): Estimate =>
    found === undefined
      ? notEstimable(why)
      : estimated(found.estimate, {
          standardError: found.standardError,
          interval: found.interval,
          method: found.method && shareMethods[found.method],
          why: found.interval === undefined ? "too few images for an interval" : undefined,
        });
  const estimate = (
    metric: ClassificationMetric,
    [interval, method]: readonly [Interval | undefined, string],
    why: string,
  ): Estimate => {
    const found = designEstimate(gold, metric);
    if (found === undefined) return notEstimable(why);
    return estimated(found.estimate, { standardError: found.standardError, interval, method });
  };
  const matthews = matthewsCorrelation(cells);
  return {
    units: gold.gold.length,
    counts,
    weighted: cells.map((row) => row.map((cell) => cell / total)),
    accuracy: share(designEstimate(gold, { kind: "accuracy" }), "no image has a true category"),
    balancedAccuracy: estimate(
      { kind: "balancedAccuracy" },
      [intervals?.balancedAccuracy, meanMethod],
      "no image has a true category",
    ),
    macroF1: estimate({ kind: "macroF1" }, [intervals?.macroF1, meanMethod], "no category has images"),
    macroCategories: macroF1(cells).defined,
    kappa: estimate(
      { kind: "kappa" },
      [intervals?.kappa, kappaMethod],
      "all images have one and the same category",
    ),
    matthews:
      matthews === undefined
        ? notEstimable("all images have, or are predicted to have, one and the same category")
        : estimated(matthews, { why: "no interval is computed for it" }),
    topK: [2, 3]
      .filter((k) => k < categoryCount)
      .map((k) => ({
        k,
        estimate: share(topKShare(gold, probabilities, k), "no image has a true category"),
      })),
    perCategory: categories.map((name, category): CategoryQuality => {
      const trueCount = gold.gold.filter((index) => index === category).length;
      const predictedCount = gold.predicted.filter((index) => index === category).length;
      const own = intervals?.perCategory[category];
      const precision = designEstimate(gold, { kind: "precision", category });
      const noPrecision = `no coded image was predicted to be "${name}"`;
      return {
        category,
        trueCount,
        predictedCount,
        // A share of its own where the category's images were drawn by themselves.
        precision:
          precision?.method === "beta"
            ? share(precision, noPrecision)
            : estimate({ kind: "precision", category }, [own?.precision, posteriorMethod], noPrecision),
        recall: estimate(
          { kind: "recall", category },
          [own?.recall, posteriorMethod],
          `no coded image is truly "${name}"`,
        ),
        f1: estimate(
          { kind: "f1", category },
          [own?.f1, posteriorMethod],
          `no coded image is "${name}", truly or by prediction`,
        ),
      };
    }),
  };
}

function topKShare(
  gold: GoldSample,
  probabilities: readonly (readonly number[])[],
  k: number,
): DesignEstimate | undefined {
  const isAmong = gold.gold.map(
    (truth, i) => topKAccuracy([probabilities[i] as readonly number[]], [truth], k) === 1,
  );
  return shareEstimate(gold, isAmong);
}
