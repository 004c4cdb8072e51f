import { normalQuantile } from "./distributions/normal.ts";

/** The two bounds of an interval, 0..1. */
export interface Interval {
  readonly low: number;
  readonly high: number;
}

/** The normal distribution's 97.5% quantile, for two-sided 95% intervals. */
export const normalQuantile975 = 1.959963984540054;

/**
 * The interval of a share by inverting the score test (Wilson 1927, "Probable Inference, the Law of Succession, and
 * Statistical Inference", JASA 22, p. 209-212; without continuity correction): its bounds stay between 0 and 1, and none or all
 * of a few trials do not pass for certainty. Both numbers may be fractions, for an effective sample size. `level` is 95% unless told.
 *
 * @returns undefined for no trials
 * @throws RangeError for less than no successes, or more of them than trials, or a level outside 0..1
 */
export function wilsonInterval(
  successes: number,
  trials: number,
  { level = 0.95 }: { readonly level?: number } = {},
): Interval | undefined {
  if (!(successes >= 0 && successes <= trials && Number.isFinite(trials)))
    throw new RangeError(`${successes} successes in ${trials} trials`);
  if (trials === 0) return undefined;
  const z = level === 0.95 ? normalQuantile975 : -normalQuantile((1 - level) / 2);
  const share = successes / trials;
  const widening = 1 + z ** 2 / trials;
  const centre = (share + z ** 2 / (2 * trials)) / widening;
  const half = (z / widening) * Math.sqrt((share * (1 - share)) / trials + z ** 2 / (4 * trials ** 2));
  // At no and at all successes the bound is 0 or 1 itself, which roundings miss.
  return {
    low: successes === 0 ? 0 : Math.max(0, centre - half),
    high: successes === trials ? 1 : Math.min(1, centre + half),
  };
}
