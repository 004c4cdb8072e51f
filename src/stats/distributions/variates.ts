/** A draw of the standard normal distribution (Box and Muller 1958). `random` gives uniform numbers in [0, 1). */
export function normalVariate(random: () => number): number {
  const radius = Math.sqrt(-2 * Math.log(1 - random()));
  return radius * Math.cos(2 * Math.PI * random());
}

/**
 * A draw of the gamma distribution of scale 1 (Marsaglia and Tsang 2000, "A Simple Method for Generating Gamma Variables", ACM TOMS 26;
 * below shape 1 with their note on it). `random` gives uniform numbers in [0, 1).
 *
 * @throws RangeError for a shape that is not positive and finite
 */
export function gammaVariate(random: () => number, shape: number): number {
  return Math.exp(logGammaVariate(random, shape));
}

/**
 * A draw of the Dirichlet distribution: shares that sum to 1, one per shape. Drawn on logarithms, so that small shapes do not all
 * underflow to 0. `random` gives uniform numbers in [0, 1).
 *
 * @throws RangeError for no shapes, or one that is not positive and finite
 */
export function dirichletVariate(random: () => number, shapes: readonly number[]): readonly number[] {
  if (shapes.length === 0) throw new RangeError("a Dirichlet distribution without shapes");
  const logs = shapes.map((shape) => logGammaVariate(random, shape));
  const greatest = logs.reduce((most, value) => Math.max(most, value));
  const scaled = logs.map((value) => Math.exp(value - greatest));
  const sum = scaled.reduce((total, value) => total + value, 0);
  return scaled.map((value) => value / sum);
}

function logGammaVariate(random: () => number, shape: number): number {
  if (!(shape > 0 && shape < Number.POSITIVE_INFINITY))
    throw new RangeError(`a gamma distribution of shape ${shape}`);
  if (shape < 1) return logGammaVariate(random, shape + 1) + Math.log(1 - random()) / shape;
  const d = shape - 1 / 3;
  const c = 1 / Math.sqrt(9 * d);
  for (;;) {
    const z = normalVariate(random);
    const v = (1 + c * z) ** 3;
    if (v > 0 && Math.log(1 - random()) < (z * z) / 2 + d - d * v + d * Math.log(v)) return Math.log(d * v);
  }
}
