/** Steps of the table per unit, and how far it reaches: below it, powers vanish beside the 1 of the largest logit. */
const steps = 64;
const deepest = 708;

const powers = Float64Array.from({ length: deepest * steps + 1 }, (_, i) => Math.exp(-i / steps));

/**
 * e^x for x <= 0, to within 1e-15 of itself; 0 below -708. Several times as fast as `Math.exp`, which is most of the
 * time of a softmax, and the same bits on every machine but for the table's.
 */
export function decayingExponential(x: number): number {
  if (x < -deepest) return 0;
  const step = (-x * steps + 0.5) | 0;
  // At most 1/128 from zero, where Taylor's sixth term is below 4e-16 (in all, with roundings, under 1e-15).
  const r = x + step / steps;
  const series = 1 + r * (1 + r * (1 / 2 + r * (1 / 6 + r * (1 / 24 + r * (1 / 120)))));
  return (powers[step] as number) * series;
}
