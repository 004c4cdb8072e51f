import type { DesignBased } from "./horvitzThompsonTotal.ts";
import { designWeights, type SamplingDesign, varianceOfTotal } from "./samplingDesign.ts";

/**
 * The population's mean of a value [n] that was observed on the sample: the weighted mean, whose weights' sum is estimated too (Hajek
 * 1971; Saerndal, Swensson and Wretman 1992, "Model Assisted Survey Sampling", section 5.7), with the linearised standard
 * error. Of the covered strata only.
 *
 * @returns undefined for an empty sample
 * @throws RangeError for a design that contradicts itself, or another number of values than of units
 */
export function hajekMean(design: SamplingDesign, values: readonly number[]): DesignBased | undefined {
  const weights = designWeights(design);
  const sum = weights.reduce((total, weight) => total + weight, 0);
  if (sum === 0) return undefined;
  const estimate = values.reduce((total, value, unit) => total + value * (weights[unit] as number), 0) / sum;
  const variance = varianceOfTotal(
    design,
    values.map((value) => (value - estimate) / sum),
  );
  return { estimate, standardError: variance === undefined ? undefined : Math.sqrt(variance) };
}
