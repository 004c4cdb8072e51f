import { type ConfusionMatrix, confusionTotals } from "./confusionMatrix.ts";

/**
 * Share of the weight whose prediction is right, 0..1. Where every unit has one category it is also micro-averaged precision,
 * recall and F1. [K true, K predicted] -> share
 *
 * @returns undefined for an empty matrix
 */
export function accuracy(cells: ConfusionMatrix): number | undefined {
  const { correct, total } = confusionTotals(cells);
  return total === 0 ? undefined : correct / total;
}
