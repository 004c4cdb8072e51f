import { allocateSample, defaultFloor } from "./allocateSample.ts";
import { type ClassificationMetric, linearisedMetric } from "./linearisedMetric.ts";
import { logitInterval } from "./logitInterval.ts";
import { wilsonInterval } from "./wilsonInterval.ts";

/**
 * A part of the population with one predicted category, and how many units of it would be drawn; a fraction where that is left to
 * chance.
 */
export interface PlannedStratum {
  /** From 0. */
  readonly category: number;
  readonly size: number;
  readonly drawn: number;
}

/** What is assumed about the classification before anything is coded. */
export interface PlanAssumptions {
  /** For all categories, or by category [K]; 0.8 unless told. */
  readonly precision?: number | readonly number[];
  /** Where a predicted category's errors belong: to the others in proportion to their sizes (unless told), or evenly. */
  readonly errorSpread?: "proportional" | "even";
  /** About this collection, with the finite population correction; so unless told. */
  readonly isFinite?: boolean;
  /** 95% unless told. */
  readonly level?: number;
}

/** A metric's value under the assumptions, and half the width that its interval would have. */
export interface PlannedMetric {
  readonly expected: number;
  readonly halfWidth: number;
}

/** What a planned sample would tell; undefined where it would not, as with an empty category. */
export interface SamplePlan {
  readonly accuracy: PlannedMetric | undefined;
  readonly macroF1: PlannedMetric | undefined;
  /** [K] */
  readonly categories: readonly {
    readonly precision: PlannedMetric | undefined;
    readonly recall: PlannedMetric | undefined;
    readonly f1: PlannedMetric | undefined;
    readonly share: PlannedMetric | undefined;
  }[];
}

/** "Precision 0.8": between a zero-shot classification's usual values. */
const assumedPrecision = 0.8;

/**
 * The interval widths that a planned sample would give, per metric and category, from the linearised variance at the assumed confusion
 * matrix: Wilson's interval at the effective size for accuracy, precision and shares, the logit interval for recall, F1 and macro-F1. A
 * simple random or Poisson sample is planned with the expected number of units in each predicted category, as it will be
 * post-stratified.
 *
 * @throws RangeError for a category beyond `categoryCount`, or more units drawn than there are
 */
export function planSample(
  strata: readonly PlannedStratum[],
  categoryCount: number,
  assumptions: PlanAssumptions = {},
): SamplePlan {
  const sizes = Array.from({ length: categoryCount }, () => 0);
  for (const { category, size, drawn } of strata) {
    if (sizes[category] === undefined || !(drawn >= 0 && drawn <= size))
      throw new RangeError(`${drawn} of ${size} units of category ${category}`);
    sizes[category] += size;
  }
  const confusion = assumedConfusion(sizes, assumptions);
  const matrix = sizes.map((_, k) => sizes.map((size, j) => size * (confusion[j]?.[k] as number)));
  const plan = (metric: ClassificationMetric) =>
    plannedMetric(strata, confusion, matrix, metric, assumptions);
  return {
    accuracy: plan({ kind: "accuracy" }),
    macroF1: plan({ kind: "macroF1" }),
    categories: sizes.map((_, category) => ({
      precision: plan({ kind: "precision", category }),
      recall: plan({ kind: "recall", category }),
      f1: plan({ kind: "f1", category }),
      share: plan({ kind: "trueShare", category }),
    })),
  };
}

/**
 * The smallest sample, stratified by the predicted category (`allocateSample`), in which every category has its floor and the interval
 * of the accuracy the half-width or less: 4 points unless told. All units where that is not enough.
 *
 * @throws RangeError as `allocateSample`
 */
export function suggestSampleSize(
  populations: readonly number[],
  {
    floor = defaultFloor,
    halfWidth = 0.04,
    ...assumptions
  }: PlanAssumptions & { readonly floor?: number; readonly halfWidth?: number } = {},
): number {
  const isEnough = (total: number) => {
    const drawn = allocateSample(populations, total, { floor });
    const strata = populations.map((size, category) => ({
      category,
      size,
      drawn: drawn[category] as number,
    }));
    const { accuracy } = planSample(strata, populations.length, assumptions);
    return accuracy !== undefined && accuracy.halfWidth <= halfWidth;
  };
  const all = populations.reduce((sum, size) => sum + size, 0);
  let enough = Math.min(
    all,
    populations.reduce((sum, size) => sum + Math.min(size, floor), 0),
  );
  if (enough === all || isEnough(enough)) return enough;
  let tooFew = enough;
  enough = all;
  while (enough - tooFew > 1) {
    const middle = Math.floor((tooFew + enough) / 2);
    if (isEnough(middle)) enough = middle;
    else tooFew = middle;
  }
  return enough;
}

/** The chance of every true category by predicted category: `[predicted][true]`. [K, K] */
function assumedConfusion(
  sizes: readonly number[],
  { precision = assumedPrecision, errorSpread = "proportional" }: PlanAssumptions,
): readonly (readonly number[])[] {
  return sizes.map((_, predicted) => {
    const own = typeof precision === "number" ? precision : (precision[predicted] ?? assumedPrecision);
    if (!(own >= 0 && own <= 1)) throw new RangeError(`a precision of ${own}`);
    const shares = sizes.map((size, category) => {
      if (category === predicted) return 0;
      return errorSpread === "even" ? 1 : size;
    });
    const sum = shares.reduce((all, share) => all + share, 0);
    return shares.map((share, category) => {
      if (category === predicted) return sum === 0 ? 1 : own;
      return sum === 0 ? 0 : ((1 - own) * share) / sum;
    });
  });
}

function plannedMetric(
  strata: readonly PlannedStratum[],
  confusion: readonly (readonly number[])[],
  matrix: readonly (readonly number[])[],
  metric: ClassificationMetric,
  { isFinite: isFinitePopulation = true, level = 0.95 }: PlanAssumptions,
): PlannedMetric | undefined {
  const linearised = linearisedMetric(matrix, metric);
  if (linearised === undefined) return undefined;
  const { derivative } = linearised;
  const expected = Math.min(1, linearised.value);
  let variance = 0;
  for (const { category, size, drawn } of strata) {
    const chances = confusion[category] as readonly number[];
    const influence = chances.map((_, k) => derivative[k]?.[category] as number);
    const mean = influence.reduce((sum, value, k) => sum + value * (chances[k] as number), 0);
    const spread = influence.reduce((sum, value, k) => sum + (chances[k] as number) * (value - mean) ** 2, 0);
    if (size === 0 || spread === 0) continue;
    if (drawn === 0) return undefined;
    variance += (size ** 2 * (isFinitePopulation ? 1 - drawn / size : 1) * spread) / drawn;
  }
  const bounds = isShare(metric)
    ? wilsonOf(expected, variance, level)
    : logitInterval(expected, Math.sqrt(variance), Number.POSITIVE_INFINITY, { level });
  return bounds && { expected, halfWidth: (bounds.high - bounds.low) / 2 };
}

function isShare({ kind }: ClassificationMetric): boolean {
  return kind === "accuracy" || kind === "precision" || kind === "trueShare";
}

function wilsonOf(share: number, variance: number, level: number) {
  if (variance === 0) return { low: share, high: share };
  const effectiveSize = (share * (1 - share)) / variance;
  return wilsonInterval(share * effectiveSize, effectiveSize, { level });
}
