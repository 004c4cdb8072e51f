import { betaQuantile } from "./distributions/betaQuantile.ts";
import type { Interval } from "./wilsonInterval.ts";

/**
 * The equal-tailed interval of a share's posterior under Jeffreys' prior, a beta distribution with 1/2 and 1/2 (Brown, Cai and DasGupta
 * 2001, "Interval Estimation for a Binomial Proportion", Statistical Science 16, section 3.1.1; without their change of the bounds at
 * no and at all successes). `level` is 95% unless told.
 *
 * @returns undefined for no trials
 * @throws RangeError for less than no successes, more of them than trials, or a level outside 0..1
 */
export function jeffreysInterval(
  successes: number,
  trials: number,
  { level = 0.95 }: { readonly level?: number } = {},
): Interval | undefined {
  if (!(successes >= 0 && successes <= trials && Number.isFinite(trials)))
    throw new RangeError(`${successes} successes in ${trials} trials`);
  if (trials === 0) return undefined;
  const [a, b] = [successes + 0.5, trials - successes + 0.5];
  return { low: betaQuantile((1 - level) / 2, a, b), high: betaQuantile((1 + level) / 2, a, b) };
}
