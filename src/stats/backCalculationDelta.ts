import { UserError } from "../errors.ts";
import { normalQuantile } from "./distributions/normal.ts";
import { maybeInverse } from "./linear/maybeInverse.ts";
import { timesVector } from "./linear/timesVector.ts";
import { type BackCalculatedShares, matrixBackCalculation } from "./matrixBackCalculation.ts";
import { roganGladen } from "./roganGladen.ts";
import type { Interval } from "./wilsonInterval.ts";

/** What is known of the error rates, and of the predictions that are to be corrected. */
export interface BackCalculationCounts {
  /** Coded units of another collection, as counted. `[true][predicted]` `[K, K]` */
  readonly counts: readonly (readonly number[])[];
  /** What these stand for, where they were not drawn alike, on any scale; the counts unless given. `[K, K]` */
  readonly weighted?: readonly (readonly number[])[] | undefined;
  /** Units of this collection by predicted category. `[K]` */
  readonly predicted: readonly number[];
}

/** Shares calculated back, with how sure they are; `[K]` each. */
export interface BackCalculationDelta extends BackCalculatedShares {
  /** Of the raw shares; undefined where there is no variance to go by. */
  readonly standardErrors: readonly (number | undefined)[];
  /** Of the raw shares, which like them may leave 0..1. */
  readonly intervals: readonly (Interval | undefined)[];
  /** The error rates, P(predicted i | true j). `[K, K]` */
  readonly predictedGivenTrue: readonly (readonly number[])[];
}

/**
 * As `matrixBackCalculation`, with error rates that were themselves estimated: the delta method's covariance `M^-1 ((diag(q) - q q') / N +
 * sum_j p_j^2 C_j) M^-T`, C_j that of the error rates of the true category j, and a normal interval. For two categories and counts
 * that is Rogan and Gladen's (1978, "Estimating prevalence from the results of a screening test", Am. J. Epidemiology 107). With weights
 * C_j is that of a ratio of weighted sums, units drawn independently of each other. Nothing is known of rates that came
 * out as 0 or 1 of few units, so that intervals are then too narrow. `level` is 95% unless told.
 *
 * @throws UserError for a true category without a coded unit, and error rates that `matrixBackCalculation` or `roganGladen` refuse
 * @throws RangeError for tables of other sizes, negative numbers, or no predicted unit
 */
export function backCalculationDelta(
  { counts, weighted = counts, predicted }: BackCalculationCounts,
  { level = 0.95 }: { readonly level?: number } = {},
): BackCalculationDelta {
  const size = predicted.length;
  for (const table of [counts, weighted]) requireTable(table, size);
  const total = sumOf(predicted);
  if (!(total > 0 && predicted.every((count) => count >= 0)))
    throw new RangeError("no unit has a predicted category");
  const columns = weighted.map((row, truth) => rateColumn(row, counts[truth] as readonly number[], truth));
  const matrix = predicted.map((_, i) => columns.map(({ rates }) => rates[i] as number));
  const shares = predicted.map((count) => count / total);
  if (size === 2) requireBetterThanGuessing(shares, matrix);
  const back = matrixBackCalculation(matrix, shares);
  const inverse = maybeInverse(matrix) as readonly (readonly number[])[];
  const spread = shares.map((q, i) =>
    shares.map(
      (other, j) =>
        ((i === j ? q : 0) - q * other) / total +
        columns.reduce(
          (sum, { covariance }, truth) =>
            sum + (back.raw[truth] as number) ** 2 * (covariance[i]?.[j] as number),
          0,
        ),
    ),
  );
  const quantile = normalQuantile((1 + level) / 2);
  const standardErrors = inverse.map((row) => {
    const variance = sumOf(timesVector(spread, row).map((x, i) => x * (row[i] as number)));
    return variance > 0 ? Math.sqrt(variance) : undefined;
  });
  return {
    ...back,
    standardErrors,
    intervals: standardErrors.map((error, k) => {
      const share = back.raw[k] as number;
      return error === undefined
        ? undefined
        : { low: share - quantile * error, high: share + quantile * error };
    }),
    predictedGivenTrue: matrix,
  };
}

/** The error rates of one true category, and their covariance: `sum_i W_i^2 / n_i (e_i - rates)(e_i - rates)' / (sum W)^2`. */
function rateColumn(weights: readonly number[], counts: readonly number[], truth: number) {
  const total = sumOf(weights);
  if (!(total > 0))
    throw new UserError(`corrected shares: no coded image truly is of category ${truth + 1}`, {
      hint: "its error rates are not known: leave its images out of both, or code a sample of this collection",
    });
  const rates = weights.map((weight) => weight / total);
  const covariance = rates.map((_, i) =>
    rates.map((_, j) =>
      weights.reduce((sum, weight, cell) => {
        const count = counts[cell] as number;
        if (weight === 0) return sum;
        if (count === 0) throw new RangeError("a cell of weight without a unit");
        const left = Number(i === cell) - (rates[i] as number);
        const right = Number(j === cell) - (rates[j] as number);
        return sum + ((weight / total) ** 2 / count) * left * right;
      }, 0),
    ),
  );
  return { rates, covariance };
}

/** @throws UserError */
function requireBetterThanGuessing(shares: readonly number[], matrix: readonly (readonly number[])[]): void {
  roganGladen(Math.min(1, shares[0] as number), {
    sensitivity: matrix[0]?.[0] as number,
    specificity: matrix[1]?.[1] as number,
  });
}

function requireTable(table: readonly (readonly number[])[], size: number): void {
  const isTable =
    table.length === size &&
    table.every((row) => row.length === size && row.every((x) => x >= 0 && Number.isFinite(x)));
  if (!isTable) throw new RangeError(`a table of ${size} by ${size} counts is needed`);
}

function sumOf(values: readonly number[]): number {
  return values.reduce((sum, x) => sum + x, 0);
}
