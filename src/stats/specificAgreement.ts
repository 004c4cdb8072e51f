import type { UnitCounts } from "./unitCounts.ts";
import { type Interval, wilsonInterval } from "./wilsonInterval.ts";

/** Agreement on one category. */
export interface SpecificAgreement {
  readonly category: number;
  /** When one coder gave the category, how often another one did, 0..1; undefined where nobody gave it in a pairable unit. */
  readonly agreement: number | undefined;
  /** Over units; undefined with one unit, or without agreement. */
  readonly standardError: number | undefined;
  /** 95%; undefined where the agreement is. */
  readonly interval: Interval | undefined;
  /** Pairable units to which at least one coder gave the category. */
  readonly units: number;
}

/**
 * Positive specific agreement of each category: of all pairs in which one coder gave it, those in which the other one did too (Cicchetti and
 * Feinstein 1990, "High agreement but low kappa: II", Journal of Clinical Epidemiology 43; for several coders Fleiss 1971). Every rating counts once, whatever
 * the number of coders of its unit. The standard error is that of a ratio over units, the interval Wilson's at the effective sample size; where all or none
 * agree, it is Wilson's at the number of units.
 *
 * @param counts [n, q]
 */
export function specificAgreement(counts: UnitCounts): readonly SpecificAgreement[] {
  const pairable = counts
    .map((row) => ({ row, ratings: row.reduce((sum, count) => sum + count, 0) }))
    .filter(({ ratings }) => ratings > 1);
  return (counts[0] ?? []).map((_, category) => {
    const pairs = pairable.map(({ row, ratings }) => {
      const count = row[category] as number;
      return { agreeing: (count * (count - 1)) / (ratings - 1), all: count };
    });
    return { category, ...ratioOf(pairs) };
  });
}

function ratioOf(
  pairs: readonly { readonly agreeing: number; readonly all: number }[],
): Omit<SpecificAgreement, "category"> {
  const units = pairs.filter(({ all }) => all > 0).length;
  if (units === 0) return { agreement: undefined, standardError: undefined, interval: undefined, units };
  const all = pairs.reduce((sum, pair) => sum + pair.all, 0);
  const agreement = pairs.reduce((sum, pair) => sum + pair.agreeing, 0) / all;
  const n = pairs.length;
  const squares = pairs.reduce((sum, pair) => sum + (pair.agreeing - agreement * pair.all) ** 2, 0);
  const variance = (n / (n - 1)) * (squares / all ** 2);
  const size = variance > 1e-24 ? (agreement * (1 - agreement)) / variance : units;
  return {
    agreement,
    standardError: n > 1 ? Math.sqrt(variance) : undefined,
    interval: wilsonInterval(agreement * size, size),
    units,
  };
}
