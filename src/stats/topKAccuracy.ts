import { checkedWeights } from "./checkedWeights.ts";

/**
 * Share of the weight whose true category is among the `k` with the highest scores, 0..1. Equal scores: `ties: "first"` puts the category
 * that stands first in the codebook ahead, as the classification does, so that `k` = 1 is accuracy; `"last"` the one that stands last,
 * which is what scikit-learn does. [n, K], [n] -> share
 *
 * @returns undefined without units, or without weight
 * @throws RangeError for lists of different lengths, a true category without a score, a score that is no number, or a `k` below 1
 */
export function topKAccuracy(
  scores: readonly (readonly number[])[],
  trueCategories: readonly number[],
  k: number,
  options: { readonly weights?: readonly number[] | undefined; readonly ties?: "first" | "last" } = {},
): number | undefined {
  if (!(Number.isInteger(k) && k >= 1)) throw new RangeError(`the best ${k}`);
  if (scores.length !== trueCategories.length)
    throw new RangeError(`${scores.length} rows of scores, ${trueCategories.length} true categories`);
  const weights = checkedWeights(scores.length, options.weights);
  const aheadAtTie = options.ties === "last" ? 1 : -1;
  let right = 0;
  let total = 0;
  for (const [unit, row] of scores.entries()) {
    const truth = trueCategories[unit] as number;
    const own = row[truth];
    if (own === undefined) throw new RangeError(`no score of category ${truth}`);
    let ahead = 0;
    for (const [category, score] of row.entries()) {
      if (Number.isNaN(score)) throw new RangeError("a score is NaN");
      const isAheadAtTie = Math.sign(category - truth) === aheadAtTie;
      if (score > own || (score === own && isAheadAtTie)) ahead += 1;
    }
    const weight = weights[unit] as number;
    total += weight;
    if (ahead < k) right += weight;
  }
  return total === 0 ? undefined : right / total;
}
