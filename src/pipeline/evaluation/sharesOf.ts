import type { GoldSample } from "../../stats/goldSample.ts";
import { postStratifiedShares } from "../../stats/postStratifiedShares.ts";
import { estimated, notEstimable } from "../../validation/estimate.ts";
import type { ShareEstimate } from "../../validation/evaluation.ts";
import { shareMethods } from "./qualityOf.ts";

/**
 * Every category's share of the frame, as predicted and corrected for classification error by post-stratification. Where a part of the
 * frame has no image with a true category, the corrected shares are about the rest and say so; a category whose predicted images are all in that part
 * has none.
 */
export function sharesOf(gold: GoldSample, predictedSizes: readonly number[]): readonly ShareEstimate[] {
  const total = predictedSizes.reduce((sum, size) => sum + size, 0);
  const corrected = postStratifiedShares(gold);
  const part =
    corrected === undefined || corrected.coveredSize === corrected.size
      ? undefined
      : `of ${corrected.coveredSize} of ${corrected.size} images: nothing is known of the others`;
  return predictedSizes.map((size, category) => {
    const found = corrected?.shares[category];
    const isUncovered = part !== undefined && size > 0 && !gold.predicted.includes(category);
    const raw = total === 0 ? 0 : size / total;
    if (found === undefined)
      return { category, raw, corrected: notEstimable("no image has a true category") };
    if (isUncovered) {
      const why = `none of the ${size} images that were predicted to be it has a true category`;
      return { category, raw, corrected: notEstimable(why) };
    }
    const { estimate, standardError, interval, method } = found;
    return {
      category,
      raw,
      corrected: estimated(estimate, {
        standardError,
        interval,
        method: method && shareMethods[method],
        why: interval === undefined ? "too few images for an interval" : part,
      }),
    };
  });
}
