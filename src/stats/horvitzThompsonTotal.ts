import { designWeights, type SamplingDesign, varianceOfTotal } from "./samplingDesign.ts";

/** An estimate with its standard error, undefined where the sample does not tell it. */
export interface DesignBased {
  readonly estimate: number;
  readonly standardError: number | undefined;
}

/**
 * The population's total of a value [n] that was observed on the sample: the sum of the values divided by their inclusion probabilities
 * (Horvitz and Thompson 1952, "A Generalization of Sampling Without Replacement from a Finite Universe", JASA 47). Uncovered
 * strata add nothing.
 *
 * @throws RangeError for a design that contradicts itself, or another number of values than of units
 */
export function horvitzThompsonTotal(design: SamplingDesign, values: readonly number[]): DesignBased {
  const variance = varianceOfTotal(design, values);
  const weights = designWeights(design);
  return {
    estimate: values.reduce((sum, value, unit) => sum + value * (weights[unit] as number), 0),
    standardError: variance === undefined ? undefined : Math.sqrt(variance),
  };
}
