/**
 * The weights of `count` units: those given, or 1 each.
 *
 * @throws RangeError for another number of weights, or one that is negative or no number
 */
export function checkedWeights(count: number, weights: readonly number[] | undefined): readonly number[] {
  if (weights === undefined) return new Array<number>(count).fill(1);
  if (weights.length !== count) throw new RangeError(`${weights.length} weights for ${count} units`);
  for (const weight of weights)
    if (!(weight >= 0 && Number.isFinite(weight))) throw new RangeError(`a weight of ${weight}`);
  return weights;
}
