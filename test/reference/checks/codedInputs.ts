import { crossTable } from "../../../src/stats/crossTable.ts";
import type { Ratings } from "../../../src/stats/pairableUnits.ts";

type Label = number | string;

/** A vector's ratings, units in rows. [n, coders] */
export interface CodedInputs {
  /** Categories as places in the sorted list of labels. */
  readonly ratings: Ratings;
  /** Labels that are numbers, as they are; places for others. */
  readonly values: Ratings;
  /** Labels in use. */
  readonly categories: number;
}

/** Ratings from `ratings` (coders in rows), `ratings_units_by_raters`, or `counts` (units by categories). */
// biome-ignore lint/suspicious/noExplicitAny: every statistic has inputs of its own form
export function codedOf(inputs: any): CodedInputs {
  if (inputs.counts !== undefined) {
    const ratings = ratingsOfCounts(inputs.counts);
    return { ratings, values: ratings, categories: inputs.counts[0].length };
  }
  const byUnit: (Label | null)[][] =
    inputs.ratings_units_by_raters ??
    inputs.ratings[0].map((_: unknown, unit: number) => inputs.ratings.map((row: Label[]) => row[unit]));
  const labels = sortedLabels(byUnit.flat());
  const placed = byUnit.map((row) =>
    row.map((label) => (label === null ? undefined : labels.indexOf(label))),
  );
  return {
    ratings: placed,
    values: placed.map((row) =>
      row.map((place) => {
        const label = place === undefined ? undefined : labels[place];
        return typeof label === "number" ? label : place;
      }),
    ),
    categories: labels.length,
  };
}

/** A pair of labels for every unit of a table of two coders. */
export function ratingsOfTable(table: readonly (readonly number[])[]): Ratings {
  return table.flatMap((counts, row) =>
    counts.flatMap((count, column) => Array.from({ length: count }, () => [row, column])),
  );
}

/** The table of two coders, from a table, proportions, run lengths, labels, or two columns of ratings. */
// biome-ignore lint/suspicious/noExplicitAny: every statistic has inputs of its own form
export function tableOf(inputs: any): readonly (readonly number[])[] {
  if (inputs.table !== undefined) return inputs.table;
  if (inputs.proportions !== undefined)
    return inputs.proportions.map((row: number[]) => row.map((share) => share * inputs.n));
  const [first, second]: [Label[], Label[]] =
    inputs.rater1_rle !== undefined
      ? [unrolled(inputs.rater1_rle), unrolled(inputs.rater2_rle)]
      : inputs.rater1 !== undefined
        ? [inputs.rater1, inputs.rater2]
        : inputs.columns.map((column: number) =>
            inputs.ratings_units_by_raters.map((row: Label[]) => row[column - 1]),
          );
  const labels = sortedLabels([...first, ...second]);
  const places = (column: Label[]) => column.map((label) => labels.indexOf(label));
  return crossTable(places(first), places(second), labels.length);
}

function ratingsOfCounts(counts: readonly (readonly number[])[]): Ratings {
  return counts.map((row) => row.flatMap((count, category) => Array.from({ length: count }, () => category)));
}

function sortedLabels(labels: readonly (Label | null)[]): Label[] {
  return [...new Set(labels)].filter((label) => label !== null).sort((a, b) => (a < b ? -1 : 1));
}

function unrolled(runs: readonly (readonly [Label, number])[]): Label[] {
  return runs.flatMap(([label, count]) => Array.from({ length: count }, () => label));
}
