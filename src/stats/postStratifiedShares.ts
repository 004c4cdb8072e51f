import { type DesignEstimate, designEstimate } from "./designEstimate.ts";
import { type Coverage, coverageOf, type GoldSample } from "./goldSample.ts";

/** The corrected share of every category, and what part of the population it is about. */
export interface PostStratifiedShares extends Coverage {
  /** By category; they sum to 1. [K] */
  readonly shares: readonly DesignEstimate[];
}

/**
 * The shares of all categories in the population, corrected for classification error by post-stratification on the predicted category,
 * `p_k = sum_j (N_j / N) P(true k | predicted j)` (Tenenbein 1970, "A Double Sampling Scheme for Estimating from Binomial Data with
 * Misclassifications", JASA 65, for two categories; Olofsson et al. 2014, "Good practices for estimating area and assessing accuracy of
 * land change", Remote Sensing of Environment 148, eq. 9). In a sample stratified by the predicted category these are the design's
 * weights; in any other one give `predictedSizes`. Predicted categories without a unit in the sample are not covered: the shares are
 * then about the rest, and the answer says so.
 *
 * @returns undefined for an empty sample
 * @throws RangeError for a design that contradicts itself or a category that there is not
 */
export function postStratifiedShares(
  sample: GoldSample,
  options: { readonly level?: number } = {},
): PostStratifiedShares | undefined {
  if (sample.gold.length === 0) return undefined;
  const shares = Array.from({ length: sample.categoryCount }, (_, category) =>
    designEstimate(sample, { kind: "trueShare", category }, options),
  ).filter((share) => share !== undefined);
  return { ...coverageOf(sample), shares };
}
