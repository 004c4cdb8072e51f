import { normalQuantile } from "./distributions/normal.ts";
import { type ClassificationMetric, linearisedMetric } from "./linearisedMetric.ts";
import type { Interval } from "./wilsonInterval.ts";

/** A metric with its standard error and interval. */
export interface DeltaEstimate {
  readonly value: number;
  readonly standardError: number;
  readonly interval: Interval;
}

/**
 * A metric of a simple random sample by the multinomial delta method (Takahashi et al. 2022, "Confidence interval for micro-averaged F1
 * and macro-averaged F1 scores", Applied Intelligence 52; macro-F1 as the mean of the categories' F1), with the divisor n and the
 * normal interval. The matrix holds counts `[true][predicted]` [K, K]. `level` is 95% unless told.
 *
 * @returns undefined where the metric is not defined
 */
export function multinomialDelta(
  matrix: readonly (readonly number[])[],
  metric: ClassificationMetric,
  { level = 0.95 }: { readonly level?: number } = {},
): DeltaEstimate | undefined {
  const linearised = linearisedMetric(matrix, metric);
  if (linearised === undefined) return undefined;
  const { value, derivative } = linearised;
  // The influences' weighted mean is 0, so that their squares are their variance.
  const variance = matrix
    .flatMap((row, k) => row.map((count, j) => count * (derivative[k]?.[j] as number) ** 2))
    .reduce((sum, part) => sum + part, 0);
  const standardError = Math.sqrt(variance);
  const half = normalQuantile((1 + level) / 2) * standardError;
  return { value, standardError, interval: { low: value - half, high: value + half } };
}
