import { type ConfusionMatrix, confusionTotals } from "./confusionMatrix.ts";

/** How well one category is told from all others; each share 0..1. */
export interface CategoryQuality {
  /** Of what was predicted as it, the share that is; undefined where it was never predicted. */
  readonly precision: number | undefined;
  /** Of what is it, the share that was predicted so; undefined where nothing is. */
  readonly recall: number | undefined;
  /** `2 T_kk / (pred_k + true_k)`; undefined only where neither anything is it nor was predicted as it. */
  readonly f1: number | undefined;
  /** Weight of what is it. */
  readonly trueTotal: number;
  /** Weight of what was predicted as it. */
  readonly predictedTotal: number;
}

/**
 * Precision, recall and F1 of every category (van Rijsbergen 1979, "Information Retrieval", chapter 7, with beta 1). F1 is 0, and not
 * undefined, where only one side is empty. [K true, K predicted] -> [K]
 */
export function precisionRecallF1(cells: ConfusionMatrix): readonly CategoryQuality[] {
  const { trueTotals, predictedTotals } = confusionTotals(cells);
  return cells.map((row, category) => {
    const right = row[category] as number;
    const trueTotal = trueTotals[category] as number;
    const predictedTotal = predictedTotals[category] as number;
    return {
      precision: predictedTotal === 0 ? undefined : right / predictedTotal,
      recall: trueTotal === 0 ? undefined : right / trueTotal,
      f1: predictedTotal + trueTotal === 0 ? undefined : (2 * right) / (predictedTotal + trueTotal),
      trueTotal,
      predictedTotal,
    };
  });
}
