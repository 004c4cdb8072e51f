import type { GoldSample } from "../../stats/goldSample.ts";
import { postStratifiedShares } from "../../stats/postStratifiedShares.ts";
import { estimated, notEstimable } from "../../validation/estimate.ts";
import type { ShareEstimate } from "../../validation/evaluation.ts";

/** Every category's share of the frame, as predicted and corrected for classification error by post-stratification. */
export function sharesOf(gold: GoldSample, predictedSizes: readonly number[]): readonly ShareEstimate[] {
  const total = predictedSizes.reduce((sum, size) => sum + size, 0);
  const corrected = postStratifiedShares(gold);
  return predictedSizes.map((size, category) => {
    const found = corrected?.shares[category];
    return {
      category,
      raw: total === 0 ? 0 : size / total,
      corrected:
        found === undefined
          ? notEstimable("no image has a true category")
          : estimated(found.estimate, {
              standardError: found.standardError,
              interval: found.interval,
              method: found.method === "beta" ? "stratified beta posterior" : "Korn-Graubard",
              why: found.interval === undefined ? "too few images for an interval" : undefined,
            }),
    };
  });
}
