import { betaQuantile } from "./distributions/betaQuantile.ts";
import { incompleteBeta } from "./distributions/incompleteBeta.ts";
import type { Interval } from "./wilsonInterval.ts";

/**
 * The exact interval of a share that Blaker 2000 ("Confidence curves and improved exact confidence intervals for discrete distributions",
 * Canadian Journal of Statistics 28) proposed: within Clopper and Pearson's, and still with at least the nominal coverage. As in
 * his program it is searched from their bounds inwards by a step, and is too wide by up to that. 95%, 0..1.
 *
 * @param step 0.0001 unless given, which is R's epiR
 * @returns undefined for no trials
 * @throws RangeError for successes that are not whole, below 0 or above the trials, or a step that is not positive
 */
export function blakerInterval(successes: number, trials: number, step = 1e-4): Interval | undefined {
  if (!(Number.isInteger(successes) && Number.isInteger(trials) && successes >= 0 && successes <= trials))
    throw new RangeError(`${successes} successes in ${trials} trials`);
  if (!(step > 0)) throw new RangeError(`a step of ${step}`);
  if (trials === 0) return undefined;
  let low = successes === 0 ? 0 : betaQuantile(0.025, successes, trials - successes + 1);
  let high = successes === trials ? 1 : betaQuantile(0.975, successes + 1, trials - successes);
  if (successes > 0) while (acceptability(successes, trials, low + step) < 0.05) low += step;
  if (successes < trials) while (acceptability(successes, trials, high - step) < 0.05) high -= step;
  return { low, high };
}

/** The smaller tail at the observed count, plus the largest tail on the other side that is no more probable. */
function acceptability(successes: number, trials: number, share: number): number {
  const above = upperTail(successes, trials, share);
  const below = 1 - upperTail(successes + 1, trials, share);
  let other = 0;
  if (above < below) {
    // The counts from 0 up whose tail stays within `above`.
    for (let count = 0; count <= trials; count++) {
      const tail = 1 - upperTail(count + 1, trials, share);
      if (tail > above) break;
      other = tail;
    }
    return above + other;
  }
  for (let count = trials; count >= 0; count--) {
    const tail = upperTail(count, trials, share);
    if (tail > below) break;
    other = tail;
  }
  return below + other;
}

/** The probability of at least `count` successes. */
function upperTail(count: number, trials: number, share: number): number {
  if (count <= 0) return 1;
  if (count > trials) return 0;
  return incompleteBeta(share, count, trials - count + 1);
}
