import { type BinOptions, confidenceBins } from "./confidenceBins.ts";
import { type SampleOptions, sampleWeights, weightedShare } from "./weightedShare.ts";
import type { Interval } from "./wilsonInterval.ts";

/** One bin of confidence: a point of the curve. */
export interface ReliabilityBin {
  /** Weighted, 0..1. */
  readonly meanConfidence: number;
  /** Weighted share of the predictions that are right, 0..1. */
  readonly shareRight: number;
  /** 95%, Wilson's at the effective sample size. */
  readonly interval: Interval;
  readonly count: number;
  /** The units' weight. */
  readonly weight: number;
}

/**
 * The share of predictions that are right by their confidence, over those bins that have units, by rising confidence (the reliability
 * diagram: DeGroot and Fienberg 1983, "The comparison and evaluation of forecasters", The Statistician 32). [n] confidences, [n] right or not
 *
 * @throws RangeError for lists of different lengths, a confidence outside 0..1, or less than one bin
 */
export function reliabilityCurve(
  confidences: readonly number[],
  isRight: readonly boolean[],
  options: BinOptions & SampleOptions = {},
): readonly ReliabilityBin[] {
  if (confidences.length !== isRight.length)
    throw new RangeError(`${confidences.length} confidences, ${isRight.length} outcomes`);
  const weights = sampleWeights(confidences.length, options);
  const sample = { weights: options.weights, design: options.design };
  return confidenceBins(confidences, options).flatMap((bin) => {
    const isCounted = new Array<boolean>(confidences.length).fill(false);
    let sum = 0;
    for (const unit of bin) {
      isCounted[unit] = true;
      sum += (weights[unit] as number) * (confidences[unit] as number);
    }
    const estimate = weightedShare(isRight, sample, isCounted);
    if (estimate === undefined) return [];
    const { share, interval, count, weight } = estimate;
    return [{ meanConfidence: sum / weight, shareRight: share, interval, count, weight }];
  });
}
