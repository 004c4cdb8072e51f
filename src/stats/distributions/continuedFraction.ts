/** Keeps a denominator of Lentz's method from being 0. */
const tiny = 1e-300;

/**
 * The value of `b_0 + a_1 / (b_1 + a_2 / (b_2 + ...))` by Lentz's method as modified by Thompson and Barnett 1986 ("Coulomb and Bessel
 * functions of complex arguments and order", J. Comput. Phys. 64), until a step changes nothing more.
 *
 * @throws RangeError when a million steps do not suffice
 */
export function continuedFraction(
  first: number,
  termAt: (step: number) => readonly [numerator: number, denominator: number],
): number {
  let value = first === 0 ? tiny : first;
  let c = value;
  let d = 0;
  for (let step = 1; step <= 1e6; step += 1) {
    const [numerator, denominator] = termAt(step);
    d = denominator + numerator * d;
    d = 1 / (d === 0 ? tiny : d);
    c = denominator + numerator / c;
    if (c === 0) c = tiny;
    const factor = c * d;
    value *= factor;
    if (Math.abs(factor - 1) < 2 * Number.EPSILON) return value;
  }
  throw new RangeError("a continued fraction that does not converge");
}
