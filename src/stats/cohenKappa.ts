import { normalCdf, normalQuantile } from "./distributions/normal.ts";
import type { Interval } from "./wilsonInterval.ts";

/** How much two categories agree, 1 for the same one: all or nothing, by their distance, by its square, or your own. [q, q] */
export type KappaWeights = "unweighted" | "linear" | "quadratic" | readonly (readonly number[])[];

/** Cohen's kappa with its standard error. */
export interface CohenKappa {
  /** 1 is perfect, 0 is chance. */
  readonly kappa: number;
  /** Weighted agreement, 0..1. */
  readonly agreement: number;
  /** The agreement that chance would give, 0..1. */
  readonly expected: number;
  /** Asymptotic, not under the hypothesis of no agreement. */
  readonly standardError: number;
  /** Ends at 1; undefined where the standard error is 0. */
  readonly interval: Interval | undefined;
  /** 0..1 */
  readonly level: number;
  readonly units: number;
}

/** Whether two coders agree by more than chance. */
export interface CohenKappaTest {
  readonly z: number;
  /** Two-sided. */
  readonly pValue: number;
  /** Under the hypothesis of no agreement beyond chance: for this test only, never for an interval. */
  readonly nullStandardError: number;
}

/**
 * Cohen's kappa of two coders (Cohen 1960, "A coefficient of agreement for nominal scales", Educational and Psychological
 * Measurement 20; weighted: Cohen 1968, Psychological Bulletin 70) with the asymptotic standard error of Fleiss, Cohen and Everitt 1969
 * ("Large sample standard errors of kappa and weighted kappa", Psychological Bulletin 72) and the normal distribution's interval.
 * Linear and quadratic weights go by the position in the table, so that a level that nobody used still lies between its
 * neighbours; R's irr closes such gaps.
 *
 * @param table counts of the first coder's categories (rows) by the second one's (columns) [q, q], as `crossTable` makes it
 * @returns undefined where nothing was coded, or chance alone would agree always
 * @throws RangeError for a table that is not square, a negative count, or own weights of another size or without 1 on the diagonal
 */
export function cohenKappa(
  table: readonly (readonly number[])[],
  { weights = "unweighted", level = 0.95 }: { weights?: KappaWeights; level?: number } = {},
): CohenKappa | undefined {
  const parts = partsOf(table, weights);
  if (parts === undefined) return undefined;
  const { cells, kappa, agreement, expected, units } = parts;
  const squares = cells.reduce(
    (sum, { share, weight, margins }) => sum + share * (weight - (1 - kappa) * margins) ** 2,
    0,
  );
  const mean = agreement - 2 * (1 - kappa) * expected;
  const variance = Math.max(0, squares - mean ** 2) / (units * (1 - expected) ** 2);
  const standardError = Math.sqrt(variance);
  const half = normalQuantile((1 + level) / 2) * standardError;
  return {
    kappa,
    agreement,
    expected,
    standardError,
    // What is below this are roundings.
    interval: variance < 1e-15 ? undefined : { low: kappa - half, high: Math.min(1, kappa + half) },
    level,
    units,
  };
}

/**
 * The test of no agreement beyond chance, with the standard error that this hypothesis gives (Fleiss, Cohen and Everitt 1969).
 *
 * @param table as for `cohenKappa`
 * @returns undefined where kappa is not defined
 */
export function cohenKappaTest(
  table: readonly (readonly number[])[],
  { weights = "unweighted" }: { weights?: KappaWeights } = {},
): CohenKappaTest | undefined {
  const parts = partsOf(table, weights);
  if (parts === undefined) return undefined;
  const { cells, kappa, expected, units } = parts;
  const squares = cells.reduce(
    (sum, { chance, weight, margins }) => sum + chance * (weight - margins) ** 2,
    0,
  );
  const nullStandardError = Math.sqrt((squares - expected ** 2) / units) / (1 - expected);
  // With one coder constant every table is as chance has it: there is nothing to test.
  if (!(nullStandardError > 1e-12)) return undefined;
  const z = kappa / nullStandardError;
  return { z, pValue: 2 * normalCdf(-Math.abs(z)), nullStandardError };
}

interface Cell {
  /** Of all units. */
  readonly share: number;
  /** The share that chance would give. */
  readonly chance: number;
  readonly weight: number;
  /** Mean weight of the cell's row plus that of its column. */
  readonly margins: number;
}

function partsOf(table: readonly (readonly number[])[], weights: KappaWeights) {
  const size = table.length;
  if (!table.every((row) => row.length === size && row.every((count) => count >= 0)))
    throw new RangeError("a table of two coders is square, with counts");
  const weightOf = weightsOf(weights, size);
  const units = table.flat().reduce((sum, count) => sum + count, 0);
  if (units === 0) return undefined;
  const rows = table.map((row) => row.reduce((sum, count) => sum + count, 0) / units);
  const columns = rows.map(
    (_, column) => table.reduce((sum, row) => sum + (row[column] as number), 0) / units,
  );
  const rowMeans = rows.map((_, row) => sumOver(columns, (share, column) => share * weightOf(row, column)));
  const columnMeans = columns.map((_, column) =>
    sumOver(rows, (share, row) => share * weightOf(row, column)),
  );
  const cells = table.flatMap((counts, row) =>
    counts.map((count, column) => ({
      share: count / units,
      chance: (rows[row] as number) * (columns[column] as number),
      weight: weightOf(row, column),
      margins: (rowMeans[row] as number) + (columnMeans[column] as number),
    })),
  );
  // By disagreement, which is 0 to the last bit where chance agrees always.
  const observed = sumOver(cells, ({ share, weight }: Cell) => share * (1 - weight));
  const chance = sumOver(cells, (cell: Cell) => cell.chance * (1 - cell.weight));
  if (chance === 0) return undefined;
  return { cells, units, kappa: 1 - observed / chance, agreement: 1 - observed, expected: 1 - chance };
}

function weightsOf(weights: KappaWeights, size: number): (row: number, column: number) => number {
  if (typeof weights !== "string") {
    if (
      weights.length !== size ||
      !weights.every((row, index) => row.length === size && row[index] === 1 && row.every(Number.isFinite))
    )
      throw new RangeError(`weights are ${size} by ${size}, with 1 on the diagonal`);
    return (row, column) => weights[row]?.[column] as number;
  }
  if (weights === "unweighted") return (row, column) => (row === column ? 1 : 0);
  const power = weights === "linear" ? 1 : 2;
  return (row, column) => (row === column ? 1 : 1 - (Math.abs(row - column) / (size - 1)) ** power);
}

function sumOver<Item>(items: readonly Item[], value: (item: Item, index: number) => number): number {
  return items.reduce((sum, item, index) => sum + value(item, index), 0);
}
