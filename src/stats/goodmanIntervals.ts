import { type Interval, wilsonInterval } from "./wilsonInterval.ts";

/**
 * Simultaneous intervals of the shares of K categories in a simple random sample: Wilson's, each at 1 less a K-th of what the level
 * leaves (Goodman 1965, "On Simultaneous Confidence Intervals for Multinomial Proportions", Technometrics 7). `level` is 95% unless
 * told. [K] -> [K]
 *
 * @returns undefined for no units
 * @throws RangeError for a negative count or a level outside 0..1
 */
export function goodmanIntervals(
  counts: readonly number[],
  { level = 0.95 }: { readonly level?: number } = {},
): readonly Interval[] | undefined {
  const total = counts.reduce((sum, count) => sum + count, 0);
  if (total === 0) return undefined;
  const each = { level: 1 - (1 - level) / counts.length };
  return counts.map((count) => wilsonInterval(count, total, each) as Interval);
}
