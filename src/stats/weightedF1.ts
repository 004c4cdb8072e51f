import type { ConfusionMatrix } from "./confusionMatrix.ts";
import { type CategoryQuality, precisionRecallF1 } from "./precisionRecallF1.ts";

/**
 * Mean of the categories' F1, each weighted by its share of the gold standard; 0..1. Rare categories hardly count in it. [K true, K predicted] -> mean
 *
 * @returns undefined for an empty matrix
 */
export function weightedF1(cells: ConfusionMatrix): number | undefined {
  return goldWeightedMean(cells, ({ f1 }) => f1);
}

/**
 * Mean of the categories' precision, each weighted by its share of the gold standard; 0..1. The same mean of recall is accuracy. [K true, K predicted] -> mean
 *
 * @returns undefined for an empty matrix, and where a category of the gold standard was never predicted
 */
export function weightedPrecision(cells: ConfusionMatrix): number | undefined {
  return goldWeightedMean(cells, ({ precision }) => precision);
}

function goldWeightedMean(
  cells: ConfusionMatrix,
  value: (quality: CategoryQuality) => number | undefined,
): number | undefined {
  const present = precisionRecallF1(cells).filter(({ trueTotal }) => trueTotal > 0);
  if (present.length === 0) return undefined;
  let sum = 0;
  let weight = 0;
  for (const quality of present) {
    const own = value(quality);
    if (own === undefined) return undefined;
    sum += quality.trueTotal * own;
    weight += quality.trueTotal;
  }
  return sum / weight;
}
