import { betaQuantilePair } from "./betaQuantile.ts";
import { betaTails } from "./incompleteBeta.ts";
import { normalCdf, normalQuantile } from "./normal.ts";

/**
 * The share of Student's t distribution below t, 0..1 (Abramowitz and Stegun 1964, 26.7.1 with 26.5.27). Infinite degrees of freedom
 * are the normal distribution.
 *
 * @throws RangeError for degrees of freedom that are not positive
 */
export function studentTCdf(t: number, degreesOfFreedom: number): number {
  if (!(degreesOfFreedom > 0))
    throw new RangeError(`a t distribution with ${degreesOfFreedom} degrees of freedom`);
  if (degreesOfFreedom === Number.POSITIVE_INFINITY) return normalCdf(t);
  if (!Number.isFinite(t * t)) return t < 0 ? 0 : 1;
  const sum = degreesOfFreedom + t * t;
  const outside = betaTails(degreesOfFreedom / sum, (t * t) / sum, degreesOfFreedom / 2, 0.5);
  return t < 0 ? outside.lower / 2 : 0.5 + outside.upper / 2;
}

/**
 * Student's t distribution's quantile, by the beta distribution's. Infinite at 0 and 1; infinite degrees of freedom are the normal
 * distribution.
 *
 * @throws RangeError for a probability outside 0..1, or degrees of freedom that are not positive
 */
export function studentTQuantile(probability: number, degreesOfFreedom: number): number {
  if (!(degreesOfFreedom > 0))
    throw new RangeError(`a t distribution with ${degreesOfFreedom} degrees of freedom`);
  if (!(probability >= 0 && probability <= 1)) throw new RangeError(`a t quantile at ${probability}`);
  if (degreesOfFreedom === Number.POSITIVE_INFINITY) return normalQuantile(probability);
  if (probability > 0.5) return -studentTQuantile(1 - probability, degreesOfFreedom);
  if (probability === 0.5) return 0;
  const tails = { lower: 2 * probability, upper: 1 - 2 * probability };
  const { x, y } = betaQuantilePair(tails, degreesOfFreedom / 2, 0.5);
  return -Math.sqrt((degreesOfFreedom * y) / x);
}
