import { type AlphaMetric, alphaDistances } from "./alphaDistances.ts";
import { coincidencesOf } from "./coincidences.ts";
import { pairableUnits, type Ratings } from "./pairableUnits.ts";

/** Krippendorff's alpha and what it is made of. */
export interface KrippendorffAlpha {
  /** 1 is perfect, 0 is chance; below 0 coders disagree systematically. */
  readonly alpha: number;
  readonly metric: AlphaMetric;
  /** Mean squared distance within units. */
  readonly observedDisagreement: number;
  /** Mean squared distance when ratings are paired whatever their unit. */
  readonly expectedDisagreement: number;
  /** The values in use, ascending. [K] */
  readonly values: readonly number[];
  /** How often values stand beside each other. [K, K] */
  readonly coincidences: readonly (readonly number[])[];
  /** With at least two ratings. */
  readonly pairableUnits: number;
  /** In those units. */
  readonly pairableRatings: number;
}

/** Why there is no alpha: no unit has two ratings; all ratings are the same; ratio values c and -c are infinitely far apart. */
export type AlphaUndefinedReason = "no-pairable-unit" | "no-variation" | "opposite-values";

/**
 * Krippendorff's alpha for any number of coders, with missing ratings (Krippendorff 2011, "Computing Krippendorff's
 * Alpha-Reliability", sections C and D). Units with one rating are left out. R's irr 0.84.1 gives other values for more than two coders
 * without missing ratings: it does not divide by the number of coders less one.
 *
 * @returns undefined where it is not defined; `alphaUndefinedReason` says why
 * @throws RangeError for a rating that is no finite number
 */
export function krippendorffAlpha(
  ratings: Ratings,
  metric: AlphaMetric = "nominal",
): KrippendorffAlpha | undefined {
  const pairable = pairableUnits(ratings);
  const coincidences = coincidencesOf(pairable);
  const disagreements = disagreementsOf(coincidences, pairable.values, metric);
  if (typeof disagreements === "string") return undefined;
  const { observed, expected, total } = disagreements;
  const size = pairable.values.length;
  return {
    alpha: 1 - observed / expected,
    metric,
    observedDisagreement: observed,
    expectedDisagreement: expected,
    values: pairable.values,
    coincidences: pairable.values.map((_, row) => [...coincidences.subarray(row * size, (row + 1) * size)]),
    pairableUnits: pairable.units.length,
    pairableRatings: Math.round(total),
  };
}

/** Why `krippendorffAlpha` is undefined; undefined where it is not. */
export function alphaUndefinedReason(
  ratings: Ratings,
  metric: AlphaMetric = "nominal",
): AlphaUndefinedReason | undefined {
  const pairable = pairableUnits(ratings);
  const disagreements = disagreementsOf(coincidencesOf(pairable), pairable.values, metric);
  return typeof disagreements === "string" ? disagreements : undefined;
}

/** Alpha of a coincidence matrix [K, K]; undefined where it is not defined. */
export function alphaOfCoincidences(
  coincidences: Float64Array,
  values: readonly number[],
  metric: AlphaMetric,
): number | undefined {
  const disagreements = disagreementsOf(coincidences, values, metric);
  return typeof disagreements === "string" ? undefined : 1 - disagreements.observed / disagreements.expected;
}

function disagreementsOf(
  coincidences: Float64Array,
  values: readonly number[],
  metric: AlphaMetric,
): { observed: number; expected: number; total: number } | AlphaUndefinedReason {
  const size = values.length;
  const totals = new Float64Array(size);
  for (let cell = 0; cell < coincidences.length; cell++) {
    const row = Math.floor(cell / size);
    totals[row] = (totals[row] as number) + (coincidences[cell] as number);
  }
  const total = totals.reduce((sum, value) => sum + value, 0);
  if (total === 0) return "no-pairable-unit";
  const distances = alphaDistances(metric, values, totals);
  if (distances === undefined) return "opposite-values";
  let [observed, expected] = [0, 0];
  for (let row = 0; row < size; row++) {
    for (let column = 0; column < size; column++) {
      const distance = distances[row * size + column] as number;
      observed += (coincidences[row * size + column] as number) * distance;
      expected += (totals[row] as number) * (totals[column] as number) * distance;
    }
  }
  if (expected === 0) return "no-variation";
  return { observed: observed / total, expected: expected / (total * (total - 1)), total };
}
