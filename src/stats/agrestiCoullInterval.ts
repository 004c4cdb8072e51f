import { normalQuantile } from "./distributions/normal.ts";
import type { Interval } from "./wilsonInterval.ts";

/**
 * The simple interval of a share after adding `z^2 / 2` successes and as many failures (Agresti and Coull 1998, "Approximate Is Better than
 * 'Exact' for Interval Estimation of Binomial Proportions", American Statistician 52), cut at 0 and 1. `level` is 95% unless told.
 *
 * @returns undefined for no trials
 * @throws RangeError for less than no successes, more of them than trials, or a level outside 0..1
 */
export function agrestiCoullInterval(
  successes: number,
  trials: number,
  { level = 0.95 }: { readonly level?: number } = {},
): Interval | undefined {
  if (!(successes >= 0 && successes <= trials && Number.isFinite(trials)))
    throw new RangeError(`${successes} successes in ${trials} trials`);
  if (trials === 0) return undefined;
  const z = normalQuantile((1 + level) / 2);
  const count = trials + z ** 2;
  const centre = (successes + z ** 2 / 2) / count;
  const half = z * Math.sqrt((centre * (1 - centre)) / count);
  return { low: Math.max(0, centre - half), high: Math.min(1, centre + half) };
}
