/**
 * A tuned lambda between 0 and 1: below 0 predictions would count against themselves, above 1 for more than they say
 * (power tuning in Angelopoulos, Duchi and Zrnic 2023, arXiv:2311.01453).
 * @throws RangeError for one that is not a number
 */
export function clippedLambda(lambda: number): number {
  if (Number.isNaN(lambda)) throw new RangeError("lambda is a number between 0 and 1");
  return Math.min(1, Math.max(0, lambda));
}
