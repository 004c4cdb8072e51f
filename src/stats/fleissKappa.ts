import {
  type AgreementCoefficient,
  agreementCoefficient,
  type ChanceAgreement,
  categoryShares,
} from "./agreementCoefficient.ts";
import type { PairAgreement } from "./pairAgreement.ts";
import type { UnitCounts } from "./unitCounts.ts";

/**
 * Fleiss' kappa: chance is drawn from all coders' shares together (Fleiss 1971, "Measuring nominal scale agreement among many
 * raters", Psychological Bulletin 76; with missing ratings as Gwet 2014). With two coders it is Scott's pi. The standard error
 * is Gwet's, not that of Fleiss under the hypothesis of no agreement. Categories that nobody used change nothing.
 *
 * @param counts [n, q]
 * @returns undefined where no unit has two ratings, or all ratings are the same
 */
export function fleissKappa(
  counts: UnitCounts,
  { level }: { level?: number } = {},
): AgreementCoefficient | undefined {
  return agreementCoefficient(counts, chanceOf, level);
}

/** Fleiss' kappa of each category against the rest (Fleiss 1971); undefined where it is not defined. [q] */
export function fleissKappaPerCategory(
  counts: UnitCounts,
  { level }: { level?: number } = {},
): readonly (AgreementCoefficient | undefined)[] {
  return (counts[0] ?? []).map((_, category) => {
    const collapsed = counts.map((row) => {
      const own = row[category] as number;
      return [own, row.reduce((sum, count) => sum + count, 0) - own];
    });
    return agreementCoefficient(collapsed, chanceOf, level);
  });
}

function chanceOf(pairs: PairAgreement): ChanceAgreement {
  const shares = categoryShares(pairs);
  return {
    expected: shares.reduce((sum, share) => sum + share ** 2, 0),
    byUnit: pairs.rated.map(
      (row, unit) =>
        row.reduce((sum, count, category) => sum + count * (shares[category] as number), 0) /
        (pairs.ratings[unit] as number),
    ),
  };
}
