import { type AgreementCoefficient, agreementCoefficient, categoryShares } from "./agreementCoefficient.ts";
import type { UnitCounts } from "./unitCounts.ts";

/**
 * Gwet's AC1: chance is guessing by coders who are not certain (Gwet 2008, "Computing inter-rater reliability and its variance in the
 * presence of high agreement", British Journal of Mathematical and Statistical Psychology 61). It depends on how many
 * categories the codebook has, used or not: give it all of them.
 *
 * @param counts [n, q]
 * @returns undefined where no unit has two ratings, or there is one category only
 */
export function gwetAc1(
  counts: UnitCounts,
  { level }: { level?: number } = {},
): AgreementCoefficient | undefined {
  return agreementCoefficient(
    counts,
    (pairs) => {
      const { rated, ratings, categories } = pairs;
      if (categories < 2) return undefined;
      const uncertainties = categoryShares(pairs).map((share) => (1 - share) / (categories - 1));
      const shares = categoryShares(pairs);
      return {
        expected: shares.reduce(
          (sum, share, category) => sum + share * (uncertainties[category] as number),
          0,
        ),
        byUnit: rated.map(
          (row, unit) =>
            row.reduce((sum, count, category) => sum + count * (uncertainties[category] as number), 0) /
            (ratings[unit] as number),
        ),
      };
    },
    level,
  );
}
