import { chiSquareUpperTail } from "./distributions/chiSquare.ts";
import { varianceOfTotal } from "./samplingDesign.ts";
import { type SampleOptions, sampleWeights, type WeightedShare, weightedShare } from "./weightedShare.ts";

/** How often predictions are wrong in each group. */
export interface GroupErrors {
  /** In the order in which the groups first appear. */
  readonly groups: readonly GroupError[];
  /** undefined with one group, without errors or with errors only, and where the design shows no variance. */
  readonly test: GroupTest | undefined;
}

/** One group's error rate. */
export interface GroupError {
  readonly group: string;
  /** Weighted share of the predictions that are wrong, with its interval. */
  readonly errorRate: WeightedShare;
}

/** Whether the groups' error rates differ by more than chance. */
export interface GroupTest {
  /** Pearson's statistic divided by the mean design effect. */
  readonly chiSquare: number;
  /** Groups less 1. */
  readonly degreesOfFreedom: number;
  readonly p: number;
  /** 1 for a simple random sample, by large numbers. */
  readonly designEffect: number;
  /** The smallest number of units expected in a cell; below 5 the p-value is rough. */
  readonly smallestExpected: number;
}

/**
 * The error rate by group, and Pearson's chi-square test of equal rates with the first-order correction of Rao and Scott 1984 ("On
 * chi-squared tests for multiway contingency tables with cell proportions estimated from survey data", Annals of Statistics 12, section 3): the statistic of the
 * weighted shares at the number of units, divided by its expectation over the degrees of freedom. The expectation is
 * `n sum_g V_g / (p_g p q)`, with V_g the linearised variance of group g's share of the errors less what equal rates give
 * it. Without a design, V is that of units drawn with replacement. [n] groups, [n] wrong or not
 *
 * @throws RangeError for lists of different lengths, and for weights beside a design
 */
export function groupErrors(
  groups: readonly string[],
  isWrong: readonly boolean[],
  sample: SampleOptions = {},
): GroupErrors {
  if (groups.length !== isWrong.length)
    throw new RangeError(`${groups.length} groups, ${isWrong.length} outcomes`);
  const rates = [...new Set(groups)].flatMap((group) => {
    const isMember = groups.map((own) => own === group);
    const errorRate = weightedShare(isWrong, sample, isMember);
    return errorRate === undefined ? [] : [{ group, errorRate }];
  });
  return { groups: rates, test: testOf(rates, groups, isWrong, sample) };
}

function testOf(
  rates: readonly GroupError[],
  groups: readonly string[],
  isWrong: readonly boolean[],
  sample: SampleOptions,
): GroupTest | undefined {
  const overall = weightedShare(isWrong, sample);
  if (overall === undefined || rates.length < 2) return undefined;
  const { share: error, count, weight } = overall;
  if (error === 0 || error === 1) return undefined;
  const weights = sampleWeights(groups.length, sample);
  const variation = error * (1 - error);
  let pearson = 0;
  let expectation = 0;
  let smallestShare = 1;
  for (const { group, errorRate } of rates) {
    const share = errorRate.weight / weight;
    // Centred, so that the weighted influences add up to 0.
    const deviation = share * (errorRate.share - error);
    const influence = groups.map(
      (own, unit) =>
        (((own === group ? 1 : 0) - share) * ((isWrong[unit] ? 1 : 0) - error) - deviation) / weight,
    );
    const variance =
      sample.design === undefined
        ? withReplacementVariance(weights, influence, count)
        : varianceOfTotal(sample.design, influence);
    if (variance === undefined) return undefined;
    // Both cells of the group together: 1 / p + 1 / q = 1 / (p q).
    pearson += (count * share * (errorRate.share - error) ** 2) / variation;
    expectation += (count * variance) / (share * variation);
    smallestShare = Math.min(smallestShare, share);
  }
  if (expectation === 0) return undefined;
  const degreesOfFreedom = rates.length - 1;
  const designEffect = expectation / degreesOfFreedom;
  const chiSquare = pearson / designEffect;
  return {
    chiSquare,
    degreesOfFreedom,
    p: chiSquareUpperTail(chiSquare, degreesOfFreedom),
    designEffect,
    smallestExpected: count * smallestShare * Math.min(error, 1 - error),
  };
}

function withReplacementVariance(
  weights: readonly number[],
  influence: readonly number[],
  count: number,
): number | undefined {
  if (count < 2) return undefined;
  const totals = influence
    .map((value, unit) => value * (weights[unit] as number))
    .filter((_, unit) => weights[unit] !== 0);
  const mean = totals.reduce((sum, total) => sum + total, 0) / count;
  return (count / (count - 1)) * totals.reduce((sum, total) => sum + (total - mean) ** 2, 0);
}
