import { betaPower, betaTails, type Tails } from "./incompleteBeta.ts";

/** Below about 1e-300 the tails themselves are no longer numbers. */
const smallestLogX = -690;

/**
 * The beta distribution's quantile: the x with `I_x(a, b) = probability`, by Newton's method on the logarithms, kept inside a
 * bracket. 0 for an x below 1e-299.
 *
 * @throws RangeError for a probability outside 0..1, or an a or b that is not positive and finite
 */
export function betaQuantile(probability: number, a: number, b: number): number {
  return betaQuantilePair({ lower: probability, upper: 1 - probability }, a, b).x;
}

/**
 * As `betaQuantile` from both tails, with y = 1 - x as well, each to full relative precision.
 *
 * @throws RangeError for a tail outside 0..1, or an a or b that is not positive and finite
 */
export function betaQuantilePair(
  { lower, upper }: Tails,
  a: number,
  b: number,
): { readonly x: number; readonly y: number } {
  if (!(lower >= 0 && lower <= 1 && upper >= 0 && upper <= 1))
    throw new RangeError(`a beta quantile at ${lower}`);
  const atHalf = betaTails(0.5, 0.5, a, b);
  if (lower === 0) return { x: 0, y: 1 };
  if (upper === 0) return { x: 1, y: 0 };
  const isBelowHalf = lower <= upper ? lower <= atHalf.lower : upper >= atHalf.upper;
  if (isBelowHalf) {
    const x = smallQuantile({ lower, upper }, a, b);
    return { x, y: 1 - x };
  }
  const y = smallQuantile({ lower: upper, upper: lower }, b, a);
  return { x: 1 - y, y };
}

/** A quantile that is at most 1/2. */
function smallQuantile({ lower, upper }: Tails, a: number, b: number): number {
  const isLower = lower <= upper;
  // The logarithm of x: a beta distribution's lower tail is nearly a line in it.
  let [low, high] = [smallestLogX, -Math.LN2];
  let logX = Math.min(high, Math.log(a / (a + b)));
  for (let step = 0; step < 200; step += 1) {
    const x = Math.exp(logX);
    const tails = betaTails(x, 1 - x, a, b);
    const tail = isLower ? tails.lower : tails.upper;
    const difference = Math.log(tail / (isLower ? lower : upper));
    if (isLower ? difference > 0 : difference < 0) high = logX;
    else low = logX;
    const slope = ((isLower ? 1 : -1) * betaPower(x, 1 - x, a, b)) / ((1 - x) * tail);
    let next = logX - difference / slope;
    if (!(next > low && next < high)) next = (low + high) / 2;
    if (Math.abs(next - logX) <= Number.EPSILON * Math.max(1, Math.abs(logX)) || difference === 0)
      return low === smallestLogX && high - low < 1e-9 ? 0 : Math.exp(difference === 0 ? logX : next);
    logX = next;
  }
  return Math.exp(logX);
}
