import { continuedFraction } from "./continuedFraction.ts";
import { deviance } from "./deviance.ts";
import type { Tails } from "./incompleteBeta.ts";
import { stirlingError } from "./logGamma.ts";

/**
 * Both tails of the gamma distribution of scale 1 at x: the regularised incomplete gamma functions `P(shape, x)` and `Q(shape, x)`, by
 * the series below the mean and the continued fraction above (NIST DLMF 8.7.1 and 8.9.2).
 *
 * @throws RangeError for a negative x or a shape that is not positive and finite
 */
export function gammaTails(shape: number, x: number): Tails {
  if (!(x >= 0 && shape > 0 && shape < Number.POSITIVE_INFINITY))
    throw new RangeError(`incomplete gamma of shape ${shape} at ${x}`);
  if (x === 0) return { lower: 0, upper: 1 };
  if (x === Number.POSITIVE_INFINITY) return { lower: 1, upper: 0 };
  // x^shape e^-x / Gamma(shape + 1), the Poisson probability in Loader's form.
  const power = Math.exp(-stirlingError(shape) - deviance(shape, x)) / Math.sqrt(2 * Math.PI * shape);
  if (x < shape + 1) {
    const lower = power * seriesSum(shape, x);
    return { lower, upper: 1 - lower };
  }
  const fraction = continuedFraction(x + 1 - shape, (step) => [
    -step * (step - shape),
    x + 2 * step + 1 - shape,
  ]);
  const upper = (power * shape) / fraction;
  return { lower: 1 - upper, upper };
}

function seriesSum(shape: number, x: number): number {
  let term = 1;
  let sum = 1;
  for (let denominator = shape + 1; term > sum * Number.EPSILON * 0.1; denominator += 1) {
    term *= x / denominator;
    sum += term;
  }
  return sum;
}
