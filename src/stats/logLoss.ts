import { meanScore, type ProbabilityScoreOptions } from "./brierScore.ts";

/**
 * Mean negative logarithm (natural) of the true category's probability; from 0 (certain and right) upwards (Good 1952, "Rational
 * decisions", JRSS B 14). A probability of 0 for the true category would make it infinite, so a probability counts as at least
 * `Number.EPSILON`. [n, K], [n] -> nats
 *
 * @returns undefined without units, or without weight
 * @throws RangeError for lists of different lengths, a true category without a probability, or a probability outside 0..1
 */
export function logLoss(
  probabilities: readonly (readonly number[])[],
  trueCategories: readonly number[],
  options: ProbabilityScoreOptions = {},
): number | undefined {
  return meanScore(
    probabilities,
    trueCategories,
    options,
    (row, truth) => -Math.log(Math.max(row[truth] as number, Number.EPSILON)),
  );
}
