import { type ConfusionMatrix, confusionTotals } from "./confusionMatrix.ts";

/**
 * Correlation of true and predicted category, -1..1: Matthews' coefficient for K categories (Gorodkin 2004, "Comparing two K-category
 * assignments by a K-category correlation coefficient", Computational Biology and Chemistry 28), at two categories phi.
 * [K true, K predicted] -> correlation
 *
 * @returns undefined where the gold standard or the predictions have one category only, or nothing
 */
export function matthewsCorrelation(cells: ConfusionMatrix): number | undefined {
  const { trueTotals, predictedTotals, correct, total } = confusionTotals(cells);
  // Compared as counts: a difference of squares would miss 0 by rounding.
  if (categoriesWith(trueTotals) < 2 || categoriesWith(predictedTotals) < 2) return undefined;
  const covariance = correct * total - dot(trueTotals, predictedTotals);
  const trueVariance = total ** 2 - dot(trueTotals, trueTotals);
  const predictedVariance = total ** 2 - dot(predictedTotals, predictedTotals);
  return covariance / Math.sqrt(trueVariance * predictedVariance);
}

function categoriesWith(totals: readonly number[]): number {
  return totals.filter((total) => total > 0).length;
}

function dot(a: readonly number[], b: readonly number[]): number {
  return a.reduce((sum, value, index) => sum + value * (b[index] as number), 0);
}
