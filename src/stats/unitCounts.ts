import type { Ratings } from "./pairableUnits.ts";

/** How many coders put each unit into each category of the codebook. [n, q] */
export type UnitCounts = readonly (readonly number[])[];

/**
 * Counts ratings by unit and category. Categories that nobody used keep their column, because some coefficients depend on how many
 * a coder could choose from.
 *
 * @param ratings categories 0..categories-1 [n, coders]
 * @param categories how many the codebook has
 * @throws RangeError for a rating outside the codebook
 */
export function unitCounts(ratings: Ratings, categories: number): UnitCounts {
  return ratings.map((row) => {
    const counts = new Array<number>(categories).fill(0);
    for (const category of row) {
      if (category === undefined) continue;
      if (!(Number.isInteger(category) && category >= 0 && category < categories))
        throw new RangeError(`category ${category} of ${categories}`);
      counts[category] = (counts[category] as number) + 1;
    }
    return counts;
  });
}
