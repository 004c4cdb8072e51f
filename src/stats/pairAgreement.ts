import type { UnitCounts } from "./unitCounts.ts";

/** Agreement among the pairs of coders of each unit. */
export interface PairAgreement {
  /** Mean over the units with at least two ratings; undefined where there is none. */
  readonly agreement: number | undefined;
  /** The units with at least one rating, in order. [n, q] */
  readonly rated: UnitCounts;
  /** Their numbers of ratings. [n] */
  readonly ratings: readonly number[];
  /** Share of a unit's pairs that agree; 0 for a unit with one rating. [n] */
  readonly shares: readonly number[];
  readonly pairableUnits: number;
  /** Of the codebook. */
  readonly categories: number;
}

/**
 * The share of agreeing pairs of coders within units (Fleiss 1971, "Measuring nominal scale agreement among many raters",
 * Psychological Bulletin 76), also where numbers of ratings differ.
 *
 * @throws RangeError for rows of different lengths, or a count that is negative or not whole
 */
export function pairAgreement(counts: UnitCounts): PairAgreement {
  const categories = counts[0]?.length ?? 0;
  for (const row of counts) {
    if (row.length !== categories || !row.every((count) => Number.isInteger(count) && count >= 0))
      throw new RangeError(`counts ${row.join(", ")} in ${categories} categories`);
  }
  const rated = counts.filter((row) => row.some((count) => count > 0));
  const ratings = rated.map((row) => row.reduce((sum, count) => sum + count, 0));
  const shares = rated.map((row, unit) => {
    const pairs = (ratings[unit] as number) * ((ratings[unit] as number) - 1);
    return pairs === 0 ? 0 : row.reduce((sum, count) => sum + count * (count - 1), 0) / pairs;
  });
  const pairableUnits = ratings.filter((count) => count > 1).length;
  const agreement =
    pairableUnits === 0 ? undefined : shares.reduce((sum, share) => sum + share, 0) / pairableUnits;
  return { agreement, rated, ratings, shares, pairableUnits, categories };
}
