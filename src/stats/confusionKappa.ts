import { type ConfusionMatrix, confusionTotals } from "./confusionMatrix.ts";

/**
 * Kappa of gold standard and prediction from weighted cells, `(A - pe) / (1 - pe)` with `pe` the sum of the products of true and predicted
 * shares (Cohen 1960, "A coefficient of agreement for nominal scales", Educational and Psychological Measurement 20, equation 1).
 * [K true, K predicted] -> kappa
 *
 * @returns undefined for an empty matrix, and where one category is all of both
 */
export function confusionKappa(cells: ConfusionMatrix): number | undefined {
  const { trueTotals, predictedTotals, correct, total } = confusionTotals(cells);
  if (total === 0) return undefined;
  // One category being all of both is the only way to an expected agreement of 1.
  if (cells.some((row, category) => row[category] === total)) return undefined;
  const chance = trueTotals.reduce(
    (sum, trueTotal, category) => sum + (trueTotal / total) * ((predictedTotals[category] as number) / total),
    0,
  );
  return (correct / total - chance) / (1 - chance);
}
