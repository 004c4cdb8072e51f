import { chiSquareUpperTail } from "./distributions/chiSquare.ts";
import { incompleteBeta } from "./distributions/incompleteBeta.ts";

/** Whether two classifications of the same units are equally often right; all p-values two-sided. */
export interface McNemarTest {
  /** Of the exact test, which is conservative. */
  readonly exactP: number;
  /** `(b - c)^2 / (b + c)` with 1 degree of freedom. */
  readonly chiSquare: number;
  readonly p: number;
  /** `(|b - c| - 1)^2 / (b + c)`, 0 for b = c. */
  readonly correctedChiSquare: number;
  readonly correctedP: number;
}

/**
 * Compares two classifications (codebooks, models) on the same gold units by those that only one of them has right (McNemar 1947, "Note on the
 * sampling error of the difference between correlated proportions or percentages", Psychometrika 12; with the continuity correction of Edwards 1948, "Note on
 * the 'correction for continuity'", Psychometrika 13; exact: the binomial test of b in b + c at a half, its smaller tail doubled). For a
 * simple random sample: design weights have no place in it.
 *
 * @param onlyFirst b, units that only the first has right
 * @param onlySecond c, units that only the second has right
 * @returns undefined where there is no such unit
 * @throws RangeError for numbers that are no counts
 */
export function mcnemarTest(onlyFirst: number, onlySecond: number): McNemarTest | undefined {
  for (const count of [onlyFirst, onlySecond])
    if (!(Number.isSafeInteger(count) && count >= 0)) throw new RangeError(`${count} units`);
  const discordant = onlyFirst + onlySecond;
  if (discordant === 0) return undefined;
  const smaller = Math.min(onlyFirst, onlySecond);
  const difference = Math.abs(onlyFirst - onlySecond);
  const chiSquare = difference ** 2 / discordant;
  const correctedChiSquare = Math.max(0, difference - 1) ** 2 / discordant;
  return {
    // P(X <= m) of n trials at a half is I_1/2(n - m, m + 1) (DLMF 8.17.5).
    exactP: Math.min(1, 2 * incompleteBeta(0.5, discordant - smaller, smaller + 1)),
    chiSquare,
    p: chiSquareUpperTail(chiSquare, 1),
    correctedChiSquare,
    correctedP: chiSquareUpperTail(correctedChiSquare, 1),
  };
}
