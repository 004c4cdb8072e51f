import { gammaTails } from "./incompleteGamma.ts";

/**
 * The share of a chi-square distribution above x: the p-value of a chi-square test, 0..1.
 *
 * @throws RangeError for a negative x, or degrees of freedom that are not positive and finite
 */
export function chiSquareUpperTail(x: number, degreesOfFreedom: number): number {
  return gammaTails(degreesOfFreedom / 2, x / 2).upper;
}
