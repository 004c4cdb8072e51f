import { cohenKappa } from "./cohenKappa.ts";
import { normalQuantile } from "./distributions/normal.ts";

/**
 * How many units two coders have to code so that a test of Cohen's kappa against a hypothesis has the wanted power, for one category
 * against the rest (Cantor 1996, "Sample-size calculations for Cohen's kappa", Psychological Methods 1), rounded up.
 *
 * @param options firstRate, secondRate: how often each coder gives the category; kappa: as it is thought to be; nullKappa: to be rejected;
 *   alpha: the test's level; power: the chance to reject; all but the kappas 0..1
 * @returns undefined where the coders' rates do not allow one of the kappas, or both kappas are the same
 */
export function sampleSizeKappa(options: {
  readonly firstRate: number;
  readonly secondRate: number;
  readonly kappa: number;
  readonly nullKappa: number;
  readonly alpha?: number;
  readonly power?: number;
  readonly isTwoSided?: boolean;
}): number | undefined {
  const { kappa, nullKappa, alpha = 0.05, power = 0.8, isTwoSided = true } = options;
  const error = unitError(options, kappa);
  const nullError = unitError(options, nullKappa);
  if (error === undefined || nullError === undefined || kappa === nullKappa) return undefined;
  const tail = normalQuantile(1 - alpha / (isTwoSided ? 2 : 1));
  const size = ((tail * nullError + normalQuantile(power) * error) / (kappa - nullKappa)) ** 2;
  return Math.ceil(size);
}

/** Kappa's standard error with one unit, of the table that has both coders' rates and this kappa. */
function unitError(
  { firstRate, secondRate }: { readonly firstRate: number; readonly secondRate: number },
  kappa: number,
): number | undefined {
  const expected = firstRate * secondRate + (1 - firstRate) * (1 - secondRate);
  const agreement = expected + kappa * (1 - expected);
  const both = (agreement + firstRate + secondRate - 1) / 2;
  const table = [
    [both, firstRate - both],
    [secondRate - both, agreement - both],
  ];
  // What is this close to 0 are roundings.
  if (table.flat().some((share) => share < -1e-12)) return undefined;
  return cohenKappa(table.map((row) => row.map((share) => Math.max(0, share))))?.standardError;
}
