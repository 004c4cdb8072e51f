import { checkedWeights } from "./checkedWeights.ts";
import { type BinOptions, confidenceBins } from "./confidenceBins.ts";

/** How far confidence and the share that is right lie apart, all 0..1. */
export interface CalibrationError {
  /** Mean of the bins' distances, by their weight (ECE). */
  readonly expected: number;
  /** The largest of the bins' distances (MCE). */
  readonly maximum: number;
  /** Root of the mean of the squared distances, by their weight (RMSCE). */
  readonly rootMeanSquare: number;
  /** Bins that have weight. */
  readonly binCount: number;
}

/** What a calibration error takes. */
export interface CalibrationOptions extends BinOptions {
  /** Design weights; they count in each bin's means and in the mean over bins, and do not move the bins. [n] */
  readonly weights?: readonly number[] | undefined;
}

/**
 * The distance between the confidence in predictions and the share of them that is right, over bins of confidence (Naeini, Cooper and
 * Hauskrecht 2015, "Obtaining well calibrated probabilities using Bayesian binning", AAAI; Guo et al. 2017, "On calibration of modern
 * neural networks", equations 3 and 5; bins of equal mass as in Nixon et al. 2019, "Measuring calibration in deep learning"). It is
 * above 0 even under perfect calibration: print it beside `calibrationErrorUnderCalibration`. [n] confidences, [n] right or not
 *
 * @returns undefined without units, or without weight
 * @throws RangeError for lists of different lengths, a confidence outside 0..1, or less than one bin
 */
export function expectedCalibrationError(
  confidences: readonly number[],
  isRight: readonly boolean[],
  options: CalibrationOptions = {},
): CalibrationError | undefined {
  if (confidences.length !== isRight.length)
    throw new RangeError(`${confidences.length} confidences, ${isRight.length} outcomes`);
  const weights = checkedWeights(confidences.length, options.weights);
  return errorOverBins(confidenceBins(confidences, options), confidences, isRight, weights);
}

/** The same for bins that are known already; `weights` one for each unit. */
export function errorOverBins(
  bins: readonly (readonly number[])[],
  confidences: readonly number[],
  isRight: readonly boolean[],
  weights: readonly number[],
): CalibrationError | undefined {
  let total = 0;
  let sum = 0;
  let squares = 0;
  let maximum = 0;
  let binCount = 0;
  for (const bin of bins) {
    let weight = 0;
    let surplus = 0;
    for (const unit of bin) {
      const own = weights[unit] as number;
      weight += own;
      surplus += own * ((isRight[unit] ? 1 : 0) - (confidences[unit] as number));
    }
    if (weight === 0) continue;
    const distance = Math.abs(surplus / weight);
    binCount += 1;
    total += weight;
    sum += weight * distance;
    squares += weight * distance ** 2;
    maximum = Math.max(maximum, distance);
  }
  if (total === 0) return undefined;
  return { expected: sum / total, maximum, rootMeanSquare: Math.sqrt(squares / total), binCount };
}
