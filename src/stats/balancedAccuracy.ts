import type { ConfusionMatrix } from "./confusionMatrix.ts";
import { type CategoryMean, categoryMean } from "./macroF1.ts";
import { precisionRecallF1 } from "./precisionRecallF1.ts";

/**
 * Mean recall over the categories that the gold standard has, which is macro recall (Brodersen et al. 2010, "The balanced accuracy and
 * its posterior distribution", ICPR, for two categories; not adjusted for chance). [K true, K predicted] -> mean
 */
export function balancedAccuracy(cells: ConfusionMatrix): CategoryMean {
  return categoryMean(precisionRecallF1(cells).map(({ recall }) => recall));
}
