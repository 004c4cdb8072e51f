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
  if (scores.length !== isRight.length)
    throw new RangeError(`${scores.length} scores, ${isRight.length} outcomes`);
  if (scores.some(Number.isNaN)) throw new RangeError("a score is NaN");
  const weights = sampleWeights(scores.length, sample);
  const isIn = (unit: number) => isCounted?.[unit] !== false && (weights[unit] as number) > 0;
  const counted = scores.filter((_, unit) => isIn(unit));
  const total = weights.reduce((sum, weight, unit) => (isIn(unit) ? sum + weight : sum), 0);
  const thresholds = [...new Set(counted)].sort((a, b) => b - a);
  return thresholds.map((threshold) => {
    const isKept = scores.map((score, unit) => isIn(unit) && score >= threshold);
    // The unit with this very score is kept, so there is a share.
    const precision = weightedShare(isRight, sample, isKept) as WeightedShare;
    return { threshold, coverage: precision.weight / total, precision };
  });
}
