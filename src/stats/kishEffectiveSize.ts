/**
 * How many units of equal weight tell as much as these: `(sum w)^2 / sum w^2` (Kish 1965, "Survey Sampling", section 11.7).
 *
 * @returns undefined without a positive weight
 * @throws RangeError for a negative weight
 */
export function kishEffectiveSize(weights: readonly number[]): number | undefined {
  const wrong = weights.find((weight) => !(weight >= 0));
  if (wrong !== undefined) throw new RangeError(`a weight of ${wrong}`);
  const sum = weights.reduce((total, weight) => total + weight, 0);
  return sum === 0 ? undefined : sum ** 2 / weights.reduce((total, weight) => total + weight ** 2, 0);
}
