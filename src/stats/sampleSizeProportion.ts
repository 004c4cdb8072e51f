import { normalQuantile } from "./distributions/normal.ts";

/**
 * How many units a simple random sample needs for a normal interval of the share of the half-width, not yet rounded up: `z^2 p (1 - p)
 * / d^2`, with a population size `n / (1 + (n - 1) / N)` (Cochran 1977, "Sampling Techniques", 3rd ed., section 4.4). `level` is
 * 95% unless told.
 *
 * @throws RangeError for a share outside 0..1 or a half-width that is not positive
 */
export function sampleSizeProportion({
  share,
  halfWidth,
  populationSize = Number.POSITIVE_INFINITY,
  level = 0.95,
}: {
  readonly share: number;
  readonly halfWidth: number;
  readonly populationSize?: number;
  readonly level?: number;
}): number {
  if (!(share >= 0 && share <= 1 && halfWidth > 0))
    throw new RangeError(`a share of ${share} within ${halfWidth}`);
  const size = normalQuantile((1 + level) / 2) ** 2 * ((share * (1 - share)) / halfWidth ** 2);
  return size / (1 + (size - 1) / populationSize);
}
