/** Steps of bisection: more than a float64 has bits. */
const bisections = 100;

/**
 * Inclusion probabilities of a Poisson design that rise with uncertainty: `min(1, max(c * x, least * size / n))` with `x` one minus the
 * prediction's probability, and `c` such that they add up to `size` (Poisson sampling: Hájek 1964; the form with a floor follows active
 * inference, Zrnic and Candès 2024). Where even the largest `c` does not reach the size, because too few images are uncertain at all,
 * those have 1 and all others the same. `[n]`, each above 0
 * @param probabilities of the predictions, 0..1
 * @param size the expected number of images; all are certain to be drawn where it is not below their number
 * @param least the smallest probability, as a share of the mean; above 0, up to 1
 * @throws RangeError for a size that is not above 0, and a least one out of its range
 */
export function poissonProbabilities(probabilities: Float64Array, size: number, least: number): Float64Array {
  if (!(size > 0)) throw new RangeError(`an expected size of ${size}`);
  if (!(least > 0 && least <= 1)) throw new RangeError(`a least probability of ${least} of the mean`);
  const count = probabilities.length;
  if (size >= count) return new Float64Array(count).fill(1);
  const uncertainties = probabilities.map((probability) => 1 - probability);
  const floor = (least * size) / count;
  const inclusion = (c: number, uncertainty: number) => Math.min(1, Math.max(c * uncertainty, floor));
  const expected = (c: number) => {
    let sum = 0;
    for (const x of uncertainties) sum += inclusion(c, x);
    return sum;
  };
  const uncertain = uncertainties.filter((x) => x > 0).length;
  if (uncertain + (count - uncertain) * floor <= size) {
    const rest = (size - uncertain) / (count - uncertain);
    return uncertainties.map((x) => (x > 0 ? 1 : rest));
  }
  let [low, high] = [0, 1];
  while (expected(high) < size) high *= 2;
  for (let step = 0; step < bisections && low < high; step++) {
    const middle = (low + high) / 2;
    if (middle === low || middle === high) break;
    if (expected(middle) < size) low = middle;
    else high = middle;
  }
  return uncertainties.map((x) => inclusion(high, x));
}
