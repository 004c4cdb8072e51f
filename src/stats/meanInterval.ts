import type { Interval } from "./wilsonInterval.ts";

/** A part of a mean, with its own interval. */
export interface MeanPart {
  readonly value: number;
  readonly interval: Interval;
}

/**
 * The interval of the mean of correlated estimates from their own intervals: the distances of their ends from the estimates are joined
 * as standard errors would be, `sqrt(sum_jk r_jk d_j d_k) / m` (MOVER: Zou 2007, "Toward using confidence intervals to compare
 * correlations", Psychological Methods 12, equations 9 and 10, for a difference; here for a mean of m). Intervals that are longer to one
 * side keep that. `covariance` [m, m] gives the correlations; a part without variance, or all of them without a covariance, counts as uncorrelated.
 *
 * @returns undefined without parts
 */
export function meanInterval(
  parts: readonly MeanPart[],
  covariance: readonly (readonly number[])[] | undefined,
): Interval | undefined {
  if (parts.length === 0) return undefined;
  const mean = parts.reduce((sum, { value }) => sum + value, 0) / parts.length;
  const correlation = (j: number, k: number) => {
    if (j === k) return 1;
    const [jj, kk] = [covariance?.[j]?.[j] ?? 0, covariance?.[k]?.[k] ?? 0];
    return jj > 0 && kk > 0 ? (covariance?.[j]?.[k] as number) / Math.sqrt(jj * kk) : 0;
  };
  const half = (distanceOf: (part: MeanPart) => number) => {
    const distances = parts.map(distanceOf);
    let square = 0;
    for (const [j, own] of distances.entries())
      for (const [k, other] of distances.entries()) square += correlation(j, k) * own * other;
    // Negative by no more than roundings.
    return Math.sqrt(Math.max(0, square)) / parts.length;
  };
  return {
    low: mean - half(({ value, interval }) => value - interval.low),
    high: mean + half(({ value, interval }) => interval.high - value),
  };
}
