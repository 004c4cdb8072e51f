import { type CoveragePrecision, keptSums } from "./coveragePrecisionCurve.ts";
import { randomFolds } from "./randomFolds.ts";
import { type SampleOptions, sampleWeights, type WeightedShare, weightedShare } from "./weightedShare.ts";

/** Which precision a threshold is to reach. */
export interface PrecisionTarget extends SampleOptions {
  /** 0..1 */
  readonly target: number;
  /** `estimate` (default): precision itself reaches the target; `lowerBound`: the lower end of its 95% interval does. */
  readonly reachedBy?: "estimate" | "lowerBound" | undefined;
  /** 5 by default. */
  readonly folds?: number | undefined;
  /** All by default; the others are outside the domain (another predicted category), but part of the design. [n] */
  readonly isCounted?: readonly boolean[] | undefined;
}

/** A threshold with what it can be expected to give on new units. */
export interface PrecisionThreshold {
  /** A prediction is kept from this score on. */
  readonly threshold: number;
  /** On the same units that the threshold was picked with, and so too good. */
  readonly apparent: CoveragePrecision;
  /** On units that did not pick the threshold: kept by the other folds' threshold, pooled; undefined where none was kept. */
  readonly precision: WeightedShare | undefined;
  /** Share of the weight that is kept in the same way, 0..1. */
  readonly coverage: number;
  /** Each fold's threshold, picked on the other folds; undefined where none reaches the target, and nothing is kept. [folds] */
  readonly foldThresholds: readonly (number | undefined)[];
}

/**
 * The lowest score from which on the kept predictions reach a precision, so that most is kept, with the precision and coverage of this rule by
 * cross-validation: picking the threshold by the same units would make its precision too good (Geifman and El-Yaniv 2017, "Selective
 * classification for deep neural networks", NeurIPS, pick by a bound; cross-validation as in Hastie, Tibshirani and Friedman 2009, "The
 * Elements of Statistical Learning", section 7.10). The interval takes the folds' thresholds as given: with few units, whose thresholds vary, it is too
 * narrow. [n] scores, [n] right or not
 *
 * @returns undefined where no threshold reaches the target, and with fewer units than folds
 * @throws RangeError for lists of different lengths, a score that is no number, a target outside 0..1, or less than two folds
 */
export function thresholdForPrecision(
  scores: readonly number[],
  isRight: readonly boolean[],
  random: () => number,
  options: PrecisionTarget,
): PrecisionThreshold | undefined {
  const { target } = options;
  const folds = options.folds ?? 5;
  if (!(target >= 0 && target <= 1)) throw new RangeError(`a precision of ${target}`);
  const sample = { weights: options.weights, design: options.design };
  const isCounted = options.isCounted ?? scores.map(() => true);
  if (isCounted.length !== scores.length)
    throw new RangeError(`${isCounted.length} marks for ${scores.length} units`);
  const keptFrom = (threshold: number, isUsed: readonly boolean[]) =>
    weightedShare(
      isRight,
      sample,
      scores.map((score, unit) => score >= threshold && isUsed[unit] === true),
    ) as WeightedShare;
  const pick = (isUsed: readonly boolean[]) =>
    keptSums(scores, isRight, sample, isUsed).findLast(
      ({ threshold, weight, rightWeight }) =>
        rightWeight >= (target - roundingError) * weight &&
        (options.reachedBy !== "lowerBound" || keptFrom(threshold, isUsed).interval.low >= target),
    )?.threshold;
  const threshold = pick(isCounted);
  const counted = isCounted.flatMap((is, unit) => (is ? [unit] : []));
  if (threshold === undefined || counted.length < folds) return undefined;
  const foldOf = new Map(
    randomFolds(counted.length, folds, random).map((fold, at) => [counted[at] as number, fold]),
  );
  const foldThresholds = Array.from({ length: folds }, (_, fold) =>
    pick(isCounted.map((is, unit) => is && foldOf.get(unit) !== fold)),
  );
  const isKept = scores.map((score, unit) => {
    const foldThreshold = foldThresholds[foldOf.get(unit) ?? -1];
    return foldThreshold !== undefined && score >= foldThreshold;
  });
  const precision = weightedShare(isRight, sample, isKept);
  const apparent = keptFrom(threshold, isCounted);
  const total = sampleWeights(scores.length, sample).reduce(
    (sum, weight, unit) => (isCounted[unit] ? sum + weight : sum),
    0,
  );
  return {
    threshold,
    apparent: { threshold, coverage: apparent.weight / total, precision: apparent },
    precision,
    coverage: (precision?.weight ?? 0) / total,
    foldThresholds,
  };
}

// Sums of weights: nine of ten with weights of 0.1 would otherwise miss 0.9.
const roundingError = 1e-12;
