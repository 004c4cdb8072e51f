import { gammaTails } from "./incompleteGamma.ts";

/** The share of the standard normal distribution below z, 0..1; small tails keep their relative precision. */
export function normalCdf(z: number): number {
  const { lower, upper } = gammaTails(0.5, (z * z) / 2);
  if (z < 0) return upper / 2;
  return 0.5 + lower / 2;
}

/**
 * The standard normal distribution's quantile: Halley's method on `normalCdf` from the approximation 26.2.23 of Abramowitz and Stegun
 * 1964. Infinite at 0 and 1.
 *
 * @throws RangeError for a probability outside 0..1
 */
export function normalQuantile(probability: number): number {
  if (!(probability >= 0 && probability <= 1)) throw new RangeError(`a normal quantile at ${probability}`);
  if (probability > 0.5) return -normalQuantile(1 - probability);
  if (probability === 0) return Number.NEGATIVE_INFINITY;
  if (probability === 0.5) return 0;
  const t = Math.sqrt(-2 * Math.log(probability));
  let z =
    (2.515517 + t * (0.802853 + t * 0.010328)) / (1 + t * (1.432788 + t * (0.189269 + t * 0.001308))) - t;
  for (let step = 0; step < 3; step += 1) {
    const density = Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI);
    const error = (normalCdf(z) - probability) / density;
    z -= error / (1 + (z * error) / 2);
  }
  return z;
}
