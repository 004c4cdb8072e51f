import { type CohenKappa, cohenKappa } from "./cohenKappa.ts";
import { crossTable } from "./crossTable.ts";
import type { Ratings } from "./pairableUnits.ts";

/** Two coders' kappa; the coders by their columns. */
export interface CoderPair {
  readonly first: number;
  readonly second: number;
  /** undefined where it is not defined */
  readonly kappa: CohenKappa | undefined;
}

/** The mean of Cohen's kappa over all pairs of coders. */
export interface LightKappa {
  /** undefined where one pair's kappa is, or there are no two coders */
  readonly kappa: number | undefined;
  readonly pairs: readonly CoderPair[];
}

/**
 * Light's kappa: Cohen's kappa averaged over the pairs of coders (Light 1971, "Measures of response agreement for qualitative
 * data", Psychological Bulletin 76), each over the units that both coded.
 *
 * @param ratings categories 0..categories-1 [n, coders]
 */
export function lightKappa(
  ratings: Ratings,
  categories: number,
  { level = 0.95 }: { level?: number } = {},
): LightKappa {
  const coders = ratings.reduce((most, row) => Math.max(most, row.length), 0);
  const columns = Array.from({ length: coders }, (_, coder) => ratings.map((row) => row[coder]));
  const pairs = columns.flatMap((one, first) =>
    columns.slice(first + 1).map((other, offset) => ({
      first,
      second: first + 1 + offset,
      kappa: cohenKappa(crossTable(one, other, categories), { level }),
    })),
  );
  const kappas = pairs.flatMap(({ kappa }) => kappa?.kappa ?? []);
  const isDefined = pairs.length > 0 && kappas.length === pairs.length;
  return {
    kappa: isDefined ? kappas.reduce((sum, kappa) => sum + kappa, 0) / kappas.length : undefined,
    pairs,
  };
}
