import type { AlphaMetric } from "./alphaDistances.ts";
import { addCoincidences, coincidencesOf } from "./coincidences.ts";
import { alphaOfCoincidences } from "./krippendorffAlpha.ts";
import { pairableUnits, type Ratings } from "./pairableUnits.ts";

/**
 * The standard error of Krippendorff's alpha by leaving out one pairable unit after the other (Efron and Tibshirani 1993, "An
 * Introduction to the Bootstrap", equation 11.5).
 *
 * @returns undefined where alpha is not defined, or is not without one of the units
 */
export function alphaJackknife(ratings: Ratings, metric: AlphaMetric = "nominal"): number | undefined {
  const pairable = pairableUnits(ratings);
  const { values, units } = pairable;
  if (alphaOfCoincidences(coincidencesOf(pairable), values, metric) === undefined) return undefined;
  const alphas = units.map((_, left) => {
    const coincidences = new Float64Array(values.length ** 2);
    for (const [index, unit] of units.entries())
      if (index !== left) addCoincidences(coincidences, values.length, unit);
    return alphaOfCoincidences(coincidences, values, metric);
  });
  const defined = alphas.filter((alpha) => alpha !== undefined);
  if (defined.length < alphas.length) return undefined;
  const n = defined.length;
  const mean = defined.reduce((sum, alpha) => sum + alpha, 0) / n;
  return Math.sqrt(((n - 1) / n) * defined.reduce((sum, alpha) => sum + (alpha - mean) ** 2, 0));
}
