/**
 * The shares (at least 0, with the sum 1) that lie nearest to the given numbers (Duchi et al. 2008, "Efficient projections onto the
 * l1-ball for learning in high dimensions", ICML, figure 1). `[K] -> [K]`
 * @throws RangeError for no numbers, or some that are not finite
 */
export function projectOntoSimplex(values: readonly number[]): readonly number[] {
  if (values.length === 0 || !values.every(Number.isFinite))
    throw new RangeError("finite numbers are needed");
  let sum = 0;
  let threshold = 0;
  values
    .toSorted((a, b) => b - a)
    .forEach((value, i) => {
      sum += value;
      const candidate = (sum - 1) / (i + 1);
      if (value > candidate) threshold = candidate;
    });
  return values.map((value) => Math.max(0, value - threshold));
}
