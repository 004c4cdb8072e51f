import { cappedTInterval } from "./cappedTInterval.ts";
import { pairAgreement } from "./pairAgreement.ts";
import type { UnitCounts } from "./unitCounts.ts";
import type { Interval } from "./wilsonInterval.ts";

/** Agreement as it is, chance included. */
export interface PercentAgreement {
  /** Share of agreeing pairs of coders, 0..1. */
  readonly agreement: number;
  /** Over units; undefined with one unit. */
  readonly standardError: number | undefined;
  /** Ends at 0 and 1; undefined without a standard error, or where it is 0. */
  readonly interval: Interval | undefined;
  /** 0..1 */
  readonly level: number;
  /** Rated at least once. */
  readonly units: number;
  /** Rated at least twice. */
  readonly pairableUnits: number;
}

/**
 * The share of pairs of coders that agree, averaged over units, with a standard error over units and a t-interval (Gwet 2014,
 * "Handbook of Inter-Rater Reliability", 4th ed., chapter 5; the variant of irrCAC's pa.coeff.raw).
 *
 * @param counts [n, q]
 * @returns undefined where no unit has two ratings
 */
export function percentAgreement(
  counts: UnitCounts,
  { level = 0.95 }: { level?: number } = {},
): PercentAgreement | undefined {
  const { agreement, shares, pairableUnits } = pairAgreement(counts);
  if (agreement === undefined) return undefined;
  const n = shares.length;
  const squares = shares.reduce((sum, share) => sum + ((n / pairableUnits) * share - agreement) ** 2, 0);
  const standardError = n > 1 ? Math.sqrt(squares / (n * (n - 1))) : undefined;
  const interval = cappedTInterval(agreement, standardError, n - 1, level);
  return {
    agreement,
    standardError,
    interval: interval && { low: Math.max(0, interval.low), high: interval.high },
    level,
    units: n,
    pairableUnits,
  };
}
