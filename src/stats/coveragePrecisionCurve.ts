import { type SampleOptions, sampleWeights, type WeightedShare, weightedShare } from "./weightedShare.ts";

/** What is left when predictions below a threshold are withheld. */
export interface CoveragePrecision {
  /** A prediction is kept from this score on. */
  readonly threshold: number;
  /** Share of the weight that is kept, 0..1. */
  readonly coverage: number;
  /** Share of the kept weight whose prediction is right, with its interval. */
  readonly precision: WeightedShare;
}

/**
 * Coverage and precision at every distinct score as the threshold, from the highest (fewest kept) to the lowest (all kept): the risk-coverage curve
 * with precision for risk (El-Yaniv and Wiener 2010, "On the foundations of noise-free selective classification", JMLR 11). The score is a
 * probability, or the margin between the best and the second best. Units without weight are no part of it. [n] scores, [n] right or not
 *
 * @param isCounted all by default; the others are outside the domain, but part of the design. [n]
 * @throws RangeError for lists of different lengths, or a score that is no number
 */
export function coveragePrecisionCurve(
  scores: readonly number[],
  isRight: readonly boolean[],
  sample: SampleOptions = {},
  isCounted?: readonly boolean[],
): readonly CoveragePrecision[] {
  const sums = keptSums(scores, isRight, sample, isCounted);
  const total = sums.at(-1)?.weight ?? 0;
  return sums.map(({ threshold, weight }) => ({
    threshold,
    coverage: weight / total,
    // The unit with this very score is kept, so there is a share.
    precision: weightedShare(
      isRight,
      sample,
      scores.map((score, unit) => score >= threshold && isCounted?.[unit] !== false),
    ) as WeightedShare,
  }));
}

/** What is kept from a threshold on. */
export interface KeptSum {
  readonly threshold: number;
  /** Of the kept units. */
  readonly weight: number;
  /** Of those among them that are right. */
  readonly rightWeight: number;
}

/**
 * Weights at every distinct score as the threshold, from the highest to the lowest; without intervals, and so in one pass. [n], [n]
 *
 * @throws RangeError as `coveragePrecisionCurve`
 */
export function keptSums(
  scores: readonly number[],
  isRight: readonly boolean[],
  sample: SampleOptions = {},
  isCounted?: readonly boolean[],
): readonly KeptSum[] {
  if (scores.length !== isRight.length)
    throw new RangeError(`${scores.length} scores, ${isRight.length} outcomes`);
  if (scores.some(Number.isNaN)) throw new RangeError("a score is NaN");
  const weights = sampleWeights(scores.length, sample);
  const order = scores
    .map((_, unit) => unit)
    .filter((unit) => isCounted?.[unit] !== false && weights[unit] !== 0)
    .sort((a, b) => (scores[b] as number) - (scores[a] as number));
  const sums: KeptSum[] = [];
  let weight = 0;
  let rightWeight = 0;
  for (const [position, unit] of order.entries()) {
    const threshold = scores[unit] as number;
    weight += weights[unit] as number;
    if (isRight[unit]) rightWeight += weights[unit] as number;
    const next = order[position + 1];
    if (next === undefined || scores[next] !== threshold) sums.push({ threshold, weight, rightWeight });
  }
  return sums;
}
