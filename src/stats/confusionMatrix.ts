import { checkedWeights } from "./checkedWeights.ts";

/** Weight of the units of each true category (rows) by predicted category (columns). [K, K] */
export type ConfusionMatrix = readonly (readonly number[])[];

/** Sums of a confusion matrix. */
export interface ConfusionTotals {
  /** Weight per true category. [K] */
  readonly trueTotals: readonly number[];
  /** Weight per predicted category. [K] */
  readonly predictedTotals: readonly number[];
  /** Weight on the diagonal. */
  readonly correct: number;
  readonly total: number;
}

/**
 * The weighted cells of true by predicted category; without weights, counts. With design weights the cells estimate the population's
 * (`T_jk = sum w`). [n], [n] -> [K, K]
 *
 * @throws RangeError for lists of different lengths, a category outside 0..K-1, or a weight that is negative or no number
 */
export function confusionMatrix(
  trueCategories: readonly number[],
  predictedCategories: readonly number[],
  options: { readonly categoryCount: number; readonly weights?: readonly number[] | undefined },
): ConfusionMatrix {
  const { categoryCount } = options;
  if (trueCategories.length !== predictedCategories.length)
    throw new RangeError(`${trueCategories.length} true and ${predictedCategories.length} predicted`);
  const weights = checkedWeights(trueCategories.length, options.weights);
  const cells = Array.from({ length: categoryCount }, () => new Array<number>(categoryCount).fill(0));
  for (const [unit, truth] of trueCategories.entries()) {
    const row = cells[truth];
    const predicted = predictedCategories[unit] as number;
    if (row?.[predicted] === undefined)
      throw new RangeError(`category ${truth} predicted as ${predicted}, of ${categoryCount} categories`);
    row[predicted] += weights[unit] as number;
  }
  return cells;
}

/**
 * The sums that all measures of a confusion matrix are made of. [K, K] -> [K], [K]
 *
 * @throws RangeError for a matrix that is not square, or a cell that is negative or no number
 */
export function confusionTotals(cells: ConfusionMatrix): ConfusionTotals {
  const trueTotals = cells.map((row) => row.reduce((sum, cell) => sum + cell, 0));
  const predictedTotals = new Array<number>(cells.length).fill(0);
  let correct = 0;
  for (const [truth, row] of cells.entries()) {
    if (row.length !== cells.length)
      throw new RangeError(`a row of ${row.length} cells in ${cells.length} rows`);
    for (const [predicted, cell] of row.entries()) {
      if (!(cell >= 0 && Number.isFinite(cell))) throw new RangeError(`a cell of ${cell}`);
      predictedTotals[predicted] = (predictedTotals[predicted] as number) + cell;
      if (predicted === truth) correct += cell;
    }
  }
  return { trueTotals, predictedTotals, correct, total: trueTotals.reduce((sum, part) => sum + part, 0) };
}
