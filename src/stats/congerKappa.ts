import {
  type AgreementCoefficient,
  agreementCoefficient,
  type ChanceAgreement,
} from "./agreementCoefficient.ts";
import type { Ratings } from "./pairableUnits.ts";
import { unitCounts } from "./unitCounts.ts";

/**
 * Conger's kappa, the exact kappa for several coders: chance is drawn from each coder's own shares (Conger 1980, "Integration
 * and generalization of kappas for multiple raters", Psychological Bulletin 88). With two coders and nothing missing it is Cohen's kappa.
 * The standard error linearises every coder's shares (Gwet 2014, "Handbook of Inter-Rater Reliability", 4th ed., chapter 5).
 *
 * @param ratings categories 0..categories-1 [n, coders]
 * @returns undefined where no unit has two ratings, or every coder used the same single category
 */
export function congerKappa(
  ratings: Ratings,
  categories: number,
  { level }: { level?: number } = {},
): AgreementCoefficient | undefined {
  const rated = ratings.filter((row) => row.some((category) => category !== undefined));
  return agreementCoefficient(unitCounts(rated, categories), () => chanceOf(rated, categories), level);
}

function chanceOf(rated: Ratings, categories: number): ChanceAgreement {
  // A coder without a single rating is none.
  const coders = Array.from({ length: Math.max(...rated.map((row) => row.length)) }, (_, coder) => coder)
    .map((coder) => ({ coder, counts: countsOf(rated, coder, categories) }))
    .map(({ coder, counts }) => ({ coder, counts, total: counts.reduce((sum, count) => sum + count, 0) }))
    .filter(({ total }) => total > 0)
    .map(({ coder, counts, total }) => ({ coder, total, shares: counts.map((count) => count / total) }));
  const pairs = coders.length * (coders.length - 1);
  const sums = Array.from({ length: categories }, (_, category) =>
    coders.reduce((sum, { shares }) => sum + (shares[category] as number), 0),
  );
  const parts = coders.map(({ coder, total, shares }) => {
    // What the other coders' shares give for each category. [q]
    const others = shares.map((share, category) => (sums[category] as number) - share);
    const own = shares.reduce((sum, share, category) => sum + share * (others[category] as number), 0);
    return { coder, others, own, scale: rated.length / total };
  });
  return {
    expected: parts.reduce((sum, { own }) => sum + own, 0) / pairs,
    byUnit: rated.map((row) => {
      const sum = parts.reduce((total, { coder, others, own, scale }) => {
        const category = row[coder];
        return total + own + (category === undefined ? 0 : scale * ((others[category] as number) - own));
      }, 0);
      return sum / pairs;
    }),
  };
}

function countsOf(rated: Ratings, coder: number, categories: number): readonly number[] {
  const counts = new Array<number>(categories).fill(0);
  for (const row of rated) {
    const category = row[coder];
    if (category !== undefined) counts[category] = (counts[category] as number) + 1;
  }
  return counts;
}
