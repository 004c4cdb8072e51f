import { betaQuantile } from "./distributions/betaQuantile.ts";
import type { Interval } from "./wilsonInterval.ts";

/**
 * The exact interval of a share, which covers it at least as often as it says (Clopper and Pearson 1934, "The Use of Confidence or
 * Fiducial Limits Illustrated in the Case of the Binomial", Biometrika 26). Both numbers may be fractions, for an effective sample size.
 * `level` is 95% unless told.
 *
 * @returns undefined for no trials
 * @throws RangeError for less than no successes, more of them than trials, or a level outside 0..1
 */
export function clopperPearsonInterval(
  successes: number,
  trials: number,
  { level = 0.95 }: { readonly level?: number } = {},
): Interval | undefined {
  if (!(successes >= 0 && successes <= trials && Number.isFinite(trials)))
    throw new RangeError(`${successes} successes in ${trials} trials`);
  if (trials === 0) return undefined;
  const failures = trials - successes;
  const outside = (1 - level) / 2;
  return {
    low: successes === 0 ? 0 : betaQuantile(outside, successes, failures + 1),
    high: failures === 0 ? 1 : betaQuantile(1 - outside, successes + 1, failures),
  };
}
