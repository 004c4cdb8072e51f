import { type GoldSample, sampleWeights } from "./goldSample.ts";
import type { SamplingDesign } from "./samplingDesign.ts";

/**
 * A sample's design with the weights that it has after post-stratification, for statistics that take a design and no `predictedSizes`. A
 * simple random sample becomes one that is stratified by the predicted category, its inference conditional on how many of each were
 * drawn (Holt and Smith 1979, "Post Stratification", JRSS A 142); a Poisson sample's probabilities become one over the weights, at most 1. Others
 * stay as they are.
 */
export function postStratifiedDesign(sample: GoldSample): SamplingDesign {
  const { design, predicted, predictedSizes } = sample;
  if (predictedSizes === undefined) return design;
  if (design.kind === "poisson")
    return { ...design, probabilities: sampleWeights(sample).map((weight) => Math.min(1, 1 / weight)) };
  if (design.strata.length > 1) return design;
  return {
    kind: "stratified",
    strata: predictedSizes.map((size, category) => ({
      size,
      drawn: predicted.filter((own) => own === category).length,
    })),
    stratumOf: predicted,
    isFinite: design.isFinite,
  };
}
