import { continuedFraction } from "./continuedFraction.ts";
import { deviance } from "./deviance.ts";
import { stirlingError } from "./logGamma.ts";

/** Both tails of a distribution at a point: the smaller one to full relative precision. */
export interface Tails {
  readonly lower: number;
  readonly upper: number;
}

/**
 * The regularised incomplete beta function `I_x(a, b)`, the beta distribution's share below x, 0..1.
 *
 * @throws RangeError for an x outside 0..1, or an a or b that is not positive and finite
 */
export function incompleteBeta(x: number, a: number, b: number): number {
  return betaTails(x, 1 - x, a, b).lower;
}

/**
 * Both tails of the beta distribution at x, with y = 1 - x given as well, as it is known better than a subtraction tells where x is
 * near 1. By the continued fraction of Didonato and Morris 1992 ("Algorithm 708", ACM TOMS 18, eq. 9) on the side of the mean
 * where it converges fast.
 *
 * @throws RangeError for an x or y outside 0..1, or an a or b that is not positive and finite
 */
export function betaTails(x: number, y: number, a: number, b: number): Tails {
  if (!(x >= 0 && y >= 0 && x <= 1 && y <= 1 && a > 0 && b > 0 && a + b < Number.POSITIVE_INFINITY))
    throw new RangeError(`incomplete beta at ${x} with ${a} and ${b}`);
  if (x === 0) return { lower: 0, upper: 1 };
  if (y === 0) return { lower: 1, upper: 0 };
  if (x * (a + b + 2) < a + 1) {
    const lower = lowerTail(x, y, a, b);
    return { lower, upper: 1 - lower };
  }
  const upper = lowerTail(y, x, b, a);
  return { lower: 1 - upper, upper };
}

/** `x^a y^b / B(a, b)`, which is x y times the beta density, by Loader's form of the binomial probability. */
export function betaPower(x: number, y: number, a: number, b: number): number {
  const n = a + b;
  // From the smaller of x and y, of which the other one is a rounding.
  const difference = x < y ? a - n * x : n * y - b;
  const exponent =
    stirlingError(n) -
    stirlingError(a) -
    stirlingError(b) -
    deviance(a, n * x, difference) -
    deviance(b, n * y, -difference);
  return Math.exp(exponent) * Math.sqrt((a / n) * (b / (2 * Math.PI)));
}

function lowerTail(x: number, y: number, a: number, b: number): number {
  const lambda = a * y - b * x;
  const fraction = continuedFraction((a * (lambda + 1)) / (a + 1), (m) => [
    ((a + m - 1) / (a + 2 * m - 1)) * ((a + b + m - 1) / (a + 2 * m - 1)) * m * (b - m) * x * x,
    m + (m * (b - m) * x) / (a + 2 * m - 1) + ((a + m) * (lambda + 1 + m * (1 + y))) / (a + 2 * m + 1),
  ]);
  return betaPower(x, y, a, b) / fraction;
}
