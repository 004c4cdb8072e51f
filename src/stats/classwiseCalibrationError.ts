import { type CalibrationOptions, expectedCalibrationError } from "./expectedCalibrationError.ts";
import { type CategoryMean, categoryMean } from "./macroF1.ts";

/**
 * Mean over the categories of the expected calibration error of each category's probability against all others (Kull et al. 2019, "Beyond
 * temperature scaling", NeurIPS: classwise-ECE). [n, K], [n] -> mean
 *
 * @throws RangeError for lists of different lengths, rows of different lengths, a probability outside 0..1, or less than one bin
 */
export function classwiseCalibrationError(
  probabilities: readonly (readonly number[])[],
  trueCategories: readonly number[],
  options: CalibrationOptions = {},
): CategoryMean {
  const categoryCount = probabilities[0]?.length ?? 0;
  const errors = Array.from({ length: categoryCount }, (_, category) =>
    expectedCalibrationError(
      probabilities.map((row) => row[category] ?? Number.NaN),
      trueCategories.map((truth) => truth === category),
      options,
    ),
  );
  return categoryMean(errors.map((error) => error?.expected));
}
