import { checkedWeights } from "./checkedWeights.ts";

/** What the scores of probabilities take. */
export interface ProbabilityScoreOptions {
  /** Design weights. [n] */
  readonly weights?: readonly number[] | undefined;
}

/**
 * Mean squared distance between the probabilities and the true category's 0s and 1, summed over the categories; 0 (certain and right) to
 * 2 (certain and wrong) (Brier 1950, "Verification of forecasts expressed in terms of probability", Monthly Weather Review 78;
 * the original form). [n, K], [n] -> score
 *
 * @returns undefined without units, or without weight
 * @throws RangeError for lists of different lengths, a true category without a probability, or a probability outside 0..1
 */
export function brierScore(
  probabilities: readonly (readonly number[])[],
  trueCategories: readonly number[],
  options: ProbabilityScoreOptions = {},
): number | undefined {
  return meanScore(probabilities, trueCategories, options, (row, truth) =>
    row.reduce((sum, probability, category) => sum + (probability - (category === truth ? 1 : 0)) ** 2, 0),
  );
}

/** Half of `brierScore`, 0..1: the number that is usual with two categories. [n, K], [n] -> score */
export function halfBrierScore(
  probabilities: readonly (readonly number[])[],
  trueCategories: readonly number[],
  options: ProbabilityScoreOptions = {},
): number | undefined {
  const score = brierScore(probabilities, trueCategories, options);
  return score === undefined ? undefined : score / 2;
}

/**
 * Weighted mean of a unit's score, given its probabilities and its true category. [n, K], [n] -> mean
 *
 * @throws RangeError as `brierScore`
 */
export function meanScore(
  probabilities: readonly (readonly number[])[],
  trueCategories: readonly number[],
  options: ProbabilityScoreOptions,
  score: (row: readonly number[], truth: number) => number,
): number | undefined {
  if (probabilities.length !== trueCategories.length)
    throw new RangeError(
      `${probabilities.length} rows of probabilities, ${trueCategories.length} true categories`,
    );
  const weights = checkedWeights(probabilities.length, options.weights);
  let sum = 0;
  let total = 0;
  for (const [unit, row] of probabilities.entries()) {
    const truth = trueCategories[unit] as number;
    if (row[truth] === undefined) throw new RangeError(`no probability of category ${truth}`);
    for (const probability of row)
      if (!(probability >= 0 && probability <= 1)) throw new RangeError(`a probability of ${probability}`);
    const weight = weights[unit] as number;
    sum += weight * score(row, truth);
    total += weight;
  }
  return total === 0 ? undefined : sum / total;
}
