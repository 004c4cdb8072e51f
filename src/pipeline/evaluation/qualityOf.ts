import { seededRandom } from "../../seededRandom.ts";
import { confusionMatrix } from "../../stats/confusionMatrix.ts";
import { type DesignEstimate, designEstimate } from "../../stats/designEstimate.ts";
import { cellStrataOf, type GoldSample, weightedCells } from "../../stats/goldSample.ts";
import type { ClassificationMetric } from "../../stats/linearisedMetric.ts";
import { macroF1 } from "../../stats/macroF1.ts";
import { matthewsCorrelation } from "../../stats/matthewsCorrelation.ts";
import { stratifiedDirichlet } from "../../stats/stratifiedDirichlet.ts";
import { topKAccuracy } from "../../stats/topKAccuracy.ts";
import { weightedShare } from "../../stats/weightedShare.ts";
import type { Interval } from "../../stats/wilsonInterval.ts";
import { estimated, notEstimable } from "../../validation/estimate.ts";
import type { CategoryQuality, Estimate, Quality } from "../../validation/evaluation.ts";

/** Draws of the posterior from which intervals are read. */
const posteriorDraws = 4000;

const methodNames: Readonly<Record<NonNullable<DesignEstimate["method"]>, string>> = {
  beta: "stratified beta posterior",
  "korn-graubard": "Korn-Graubard",
  logit: "linearised, logit scale",
  t: "linearised, Student's t",
};

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
  const posterior = posteriorIntervals(gold, seed);
  const estimate = (metric: ClassificationMetric, why: string): Estimate => {
    const found = designEstimate(gold, metric);
    if (found === undefined) return notEstimable(why);
    const drawn = posterior.get(metricKey(metric));
    const { estimate: value, standardError, interval, method } = found;
    if (drawn !== undefined)
      return estimated(value, {
        standardError,
        interval: including(drawn, value),
        method: "stratified Dirichlet posterior",
      });
    return estimated(value, {
      standardError,
      interval,
      method: method && methodNames[method],
      why: interval === undefined ? "too few images for an interval" : undefined,
    });
  };
  const matthews = matthewsCorrelation(cells);
  return {
    units: gold.gold.length,
    counts,
    weighted: cells.map((row) => row.map((cell) => cell / total)),
    accuracy: estimate({ kind: "accuracy" }, "no image has a true category"),
    balancedAccuracy: estimate({ kind: "balancedAccuracy" }, "no image has a true category"),
    macroF1: estimate({ kind: "macroF1" }, "no category has images"),
    macroCategories: macroF1(cells).defined,
    kappa: estimate({ kind: "kappa" }, "all images have one and the same category"),
    matthews:
      matthews === undefined
        ? notEstimable("all images have, or are predicted to have, one and the same category")
        : estimated(matthews, { why: "no interval is computed for it" }),
    topK: [2, 3]
      .filter((k) => k < categoryCount)
      .map((k) => ({ k, estimate: topKEstimate(gold, probabilities, k) })),
    perCategory: categories.map((name, category): CategoryQuality => {
      const trueCount = gold.gold.filter((index) => index === category).length;
      const predictedCount = gold.predicted.filter((index) => index === category).length;
      return {
        category,
        trueCount,
        predictedCount,
        precision: estimate({ kind: "precision", category }, `no coded image was predicted to be "${name}"`),
        recall: estimate({ kind: "recall", category }, `no coded image is truly "${name}"`),
        f1: estimate({ kind: "f1", category }, `no coded image is "${name}", truly or by prediction`),
      };
    }),
  };
}

/** A posterior's interval, widened where needed to take in the design-based estimate beside which it is reported. */
function including({ low, high }: Interval, value: number): Interval {
  return { low: Math.min(low, value), high: Math.max(high, value) };
}

/** Of those metrics whose linearised intervals fail in rare categories. */
function posteriorIntervals(gold: GoldSample, seed: number): ReadonlyMap<string, Interval> {
  const strata = cellStrataOf(gold);
  if (strata === undefined || strata.length === 0) return new Map();
  const metrics: readonly ClassificationMetric[] = [
    { kind: "balancedAccuracy" },
    { kind: "macroF1" },
    { kind: "kappa" },
    ...Array.from({ length: gold.categoryCount }, (_, category) => [
      { kind: "recall", category } as const,
      { kind: "f1", category } as const,
    ]).flat(),
  ];
  const drawn = stratifiedDirichlet(strata, metrics, {
    categoryCount: gold.categoryCount,
    isFinite: gold.design.isFinite,
    draws: posteriorDraws,
    random: seededRandom(seed),
  });
  return new Map(
    metrics.flatMap((metric, i) => {
      const found = drawn[i];
      return found === undefined ? [] : [[metricKey(metric), found.interval] as const];
    }),
  );
}

function metricKey(metric: ClassificationMetric): string {
  return "category" in metric ? `${metric.kind} ${metric.category}` : metric.kind;
}

function topKEstimate(gold: GoldSample, probabilities: readonly (readonly number[])[], k: number): Estimate {
  const isAmong = gold.gold.map(
    (truth, i) => topKAccuracy([probabilities[i] as readonly number[]], [truth], k) === 1,
  );
  const share = weightedShare(isAmong, { design: gold.design });
  if (share === undefined) return notEstimable("no image has a true category");
  return estimated(share.share, { interval: share.interval, method: "Wilson at the effective sample size" });
}
