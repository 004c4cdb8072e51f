import { type AgreementCoefficient, agreementCoefficient } from "./agreementCoefficient.ts";
import type { UnitCounts } from "./unitCounts.ts";

/**
 * The coefficient of Brennan and Prediger, also known as PABAK or Randolph's free-marginal kappa: by chance every category of the
 * codebook is as likely (Brennan and Prediger 1981, "Coefficient kappa: some uses, misuses, and alternatives", Educational and
 * Psychological Measurement 41). It depends on how many categories the codebook has, used or not: give it all of them.
 *
 * @param counts [n, q]
 * @returns undefined where no unit has two ratings, or there is one category only
 */
export function brennanPrediger(
  counts: UnitCounts,
  { level }: { level?: number } = {},
): AgreementCoefficient | undefined {
  return agreementCoefficient(
    counts,
    ({ rated, categories }) =>
      categories < 2 ? undefined : { expected: 1 / categories, byUnit: rated.map(() => 1 / categories) },
    level,
  );
}
