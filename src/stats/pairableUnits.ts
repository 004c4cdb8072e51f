/** One coder's ratings lie in a column, one unit's in a row; undefined where a coder gave none. [n, coders] */
export type Ratings = readonly (readonly (number | undefined)[])[];

/** A value that a unit got, by its position among all values, and from how many coders. */
export interface ValueCount {
  readonly position: number;
  readonly count: number;
}

/** The ratings that form pairs. */
export interface PairableUnits {
  /** The values that occur in them, ascending. [K] */
  readonly values: readonly number[];
  /** What each unit got. [n] */
  readonly units: readonly (readonly ValueCount[])[];
}

/**
 * The units that at least two coders rated, without the other ones: a single rating agrees with nothing and disagrees with nothing
 * (Krippendorff 2011, "Computing Krippendorff's Alpha-Reliability", section C).
 *
 * @throws RangeError for a rating that is no finite number
 */
export function pairableUnits(ratings: Ratings): PairableUnits {
  const rows = ratings
    .map((row) => row.filter((value) => value !== undefined))
    .filter((row) => row.length > 1);
  const given = rows.flat();
  for (const value of given) if (!Number.isFinite(value)) throw new RangeError(`a rating of ${value}`);
  const values = [...new Set(given)].sort((a, b) => a - b);
  const positions = new Map(values.map((value, position) => [value, position]));
  return {
    values,
    units: rows.map((row) => {
      const counts = new Map<number, number>();
      for (const value of row) counts.set(value, (counts.get(value) ?? 0) + 1);
      return Array.from(counts, ([value, count]) => ({ position: positions.get(value) as number, count }));
    }),
  };
}

/** How many coders rated a unit. */
export function ratingsOf(unit: readonly ValueCount[]): number {
  return unit.reduce((sum, { count }) => sum + count, 0);
}
