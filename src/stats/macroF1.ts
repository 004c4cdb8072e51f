import type { ConfusionMatrix } from "./confusionMatrix.ts";
import { precisionRecallF1 } from "./precisionRecallF1.ts";

/** An unweighted mean over those categories in which a measure is defined. */
export interface CategoryMean {
  /** 0..1; undefined where no category has a value. */
  readonly value: number | undefined;
  /** Categories with a value: the m of "m of K". */
  readonly defined: number;
  /** All categories, K. */
  readonly of: number;
}

/**
 * Mean of the categories' F1, which is not the harmonic mean of macro precision and macro recall (Opitz and Burst 2019, "Macro F1 and
 * Macro F1", arXiv:1911.03347, where it is called averaged F1). [K true, K predicted] -> mean
 */
export function macroF1(cells: ConfusionMatrix): CategoryMean {
  return categoryMean(precisionRecallF1(cells).map(({ f1 }) => f1));
}

/** Mean of the categories' precision; macro recall is `balancedAccuracy`. [K true, K predicted] -> mean */
export function macroPrecision(cells: ConfusionMatrix): CategoryMean {
  return categoryMean(precisionRecallF1(cells).map(({ precision }) => precision));
}

/** Mean of the values that are defined, with how many they are. [K] -> mean */
export function categoryMean(values: readonly (number | undefined)[]): CategoryMean {
  const defined = values.filter((value) => value !== undefined);
  return {
    value: defined.length === 0 ? undefined : defined.reduce((sum, value) => sum + value, 0) / defined.length,
    defined: defined.length,
    of: values.length,
  };
}
