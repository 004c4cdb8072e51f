import { type ConfusionMatrix, confusionMatrix } from "../../../src/stats/confusionMatrix.ts";
import {
  type CalibrationError,
  type CalibrationOptions,
  expectedCalibrationError,
} from "../../../src/stats/expectedCalibrationError.ts";
import type { ReliabilityBin } from "../../../src/stats/reliabilityCurve.ts";
import type { Comparison, ReferenceVector } from "../referenceVector.ts";

/** Our value and the vector's, by what they are; an own tolerance may follow. */
export type Pairs = Readonly<Record<string, readonly [number | undefined, number | null]>>;

/** Comparisons within the vector's tolerance; those printed without one are exact. */
export function compared(vector: ReferenceVector, pairs: Pairs): readonly Comparison[] {
  return Object.entries(pairs).map(([what, [actual, expected]]) => ({
    what,
    actual,
    expected,
    tolerance: vector.tolerance ?? 1e-12,
  }));
}

/** Pairs of two lists of the same length. */
export function listed(
  what: string,
  actual: readonly (number | undefined)[],
  expected: readonly (number | null)[],
): Pairs {
  return {
    [`length of ${what}`]: [actual.length, expected.length],
    ...Object.fromEntries(
      expected.map((value, index) => [`${what} ${index}`, [actual[index], value] as const]),
    ),
  };
}

/** Pairs of the cells of two matrices. */
export function cellPairs(actual: ConfusionMatrix, expected: ConfusionMatrix): Pairs {
  return listed("cell", actual.flat(), expected.flat());
}

/** Pairs of a reliability curve; of the confidences only where the vector has them. */
export function curvePairs(
  actual: readonly ReliabilityBin[],
  expected: { readonly prob_true: readonly number[]; readonly prob_pred?: readonly number[] },
): Pairs {
  return {
    ...listed(
      "share right",
      actual.map(({ shareRight }) => shareRight),
      expected.prob_true,
    ),
    ...listed(
      "confidence",
      actual.map(({ meanConfidence }) => meanConfidence),
      expected.prob_pred ?? actual.map(({ meanConfidence }) => meanConfidence),
    ),
  };
}

/** The cells of a vector's `y_true` and `y_pred`, whose labels may be words or any numbers. */
export function cellsOf({ inputs }: ReferenceVector): ConfusionMatrix {
  const { y_true, y_pred } = inputs;
  const labels: readonly unknown[] = inputs.labels ?? [...new Set([...y_true, ...y_pred])].sort();
  const numbered = (values: readonly unknown[]) => values.map((value) => labels.indexOf(value));
  return confusionMatrix(numbered(y_true), numbered(y_pred), { categoryCount: labels.length });
}

/** A vector's true categories as numbers. */
export function truthOf({ inputs }: ReferenceVector): readonly number[] {
  const { y_true, labels } = inputs;
  return labels === undefined ? y_true : y_true.map((label: unknown) => labels.indexOf(label));
}

/** The number of the highest value. */
export function bestOf(row: readonly number[]): number {
  return row.indexOf(Math.max(...row));
}

/** The calibration error of each row's highest probability. */
export function topCalibration(
  rows: readonly (readonly number[])[],
  truth: readonly number[],
  options: CalibrationOptions,
): CalibrationError | undefined {
  return expectedCalibrationError(
    rows.map((row) => Math.max(...row)),
    rows.map((row, unit) => bestOf(row) === truth[unit]),
    options,
  );
}
