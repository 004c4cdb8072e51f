import { checkedWeights } from "./checkedWeights.ts";
import { confidenceBins } from "./confidenceBins.ts";
import { type CalibrationOptions, errorOverBins } from "./expectedCalibrationError.ts";

/** What the expected calibration error would be if each confidence were the chance of being right. */
export interface CalibratedError {
  /** Mean over the draws, 0..1. */
  readonly mean: number;
  /** 95% of the draws are at most this. */
  readonly quantile95: number;
}

/**
 * The expected calibration error of a perfectly calibrated model with these confidences, in the same bins: each prediction is right with
 * the probability that is its confidence, drawn again and again (consistency resampling, Bröcker and Smith 2007, "Increasing the
 * reliability of reliability diagrams", Weather and Forecasting 22, with the confidences held fixed). [n] -> mean and quantile
 *
 * @param options.draws 1000 by default
 * @returns undefined without units, or without weight
 * @throws RangeError for a confidence outside 0..1, less than one bin, or less than one draw
 */
export function calibrationErrorUnderCalibration(
  confidences: readonly number[],
  random: () => number,
  options: CalibrationOptions & { readonly draws?: number } = {},
): CalibratedError | undefined {
  const draws = options.draws ?? 1000;
  if (!(Number.isInteger(draws) && draws >= 1)) throw new RangeError(`${draws} draws`);
  const weights = checkedWeights(confidences.length, options.weights);
  const bins = confidenceBins(confidences, options);
  const errors: number[] = [];
  for (let draw = 0; draw < draws; draw++) {
    const isRight = confidences.map((confidence) => random() < confidence);
    const error = errorOverBins(bins, confidences, isRight, weights);
    if (error === undefined) return undefined;
    errors.push(error.expected);
  }
  errors.sort((a, b) => a - b);
  return {
    mean: errors.reduce((sum, error) => sum + error, 0) / draws,
    quantile95: errors[Math.ceil(0.95 * draws) - 1] as number,
  };
}
