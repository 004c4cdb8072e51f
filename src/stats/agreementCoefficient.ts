import { cappedTInterval } from "./cappedTInterval.ts";
import { studentTCdf } from "./distributions/studentT.ts";
import { type PairAgreement, pairAgreement } from "./pairAgreement.ts";
import type { UnitCounts } from "./unitCounts.ts";
import type { Interval } from "./wilsonInterval.ts";

/** Agreement corrected for chance. */
export interface AgreementCoefficient {
  /** 1 is perfect, 0 is chance. */
  readonly coefficient: number;
  /** Share of agreeing pairs, 0..1. */
  readonly agreement: number;
  /** The agreement that chance would give, 0..1. */
  readonly expected: number;
  /** Over units; undefined with one unit. */
  readonly standardError: number | undefined;
  /** Ends at 1; undefined without a standard error, or where it is 0. */
  readonly interval: Interval | undefined;
  /** 0..1 */
  readonly level: number;
  /** Two-sided, of a coefficient of 0, with the same standard error; undefined where the interval is. */
  readonly pValue: number | undefined;
  /** Rated at least once. */
  readonly units: number;
  /** Rated at least twice. */
  readonly pairableUnits: number;
  /** Categories that a coder could choose from, used or not. */
  readonly categories: number;
}

/** A coefficient's idea of chance. */
export interface ChanceAgreement {
  readonly expected: number;
  /** Each unit's part in it: their mean is `expected`, and twice their deviations linearise it. [n] */
  readonly byUnit: readonly number[];
}

/**
 * `(p_a - p_e) / (1 - p_e)` with the linearised variance over units and a t-interval with n - 1 degrees of freedom (Gwet 2014, "Handbook
 * of Inter-Rater Reliability", 4th ed., chapter 5; the variant of irrCAC's functions for raw ratings). Units with one
 * rating count for chance, not for agreement.
 *
 * @returns undefined where no unit has two ratings, or chance alone would agree always
 */
export function agreementCoefficient(
  counts: UnitCounts,
  chanceOf: (pairs: PairAgreement) => ChanceAgreement | undefined,
  level = 0.95,
): AgreementCoefficient | undefined {
  const pairs = pairAgreement(counts);
  const { agreement, ratings, shares, pairableUnits, categories } = pairs;
  if (agreement === undefined) return undefined;
  const chance = chanceOf(pairs);
  if (chance === undefined || chance.expected === 1) return undefined;
  const { expected, byUnit } = chance;
  const room = 1 - expected;
  const coefficient = (agreement - expected) / room;
  const n = ratings.length;
  const squares = shares.reduce((sum, share, unit) => {
    const isPairable = (ratings[unit] as number) > 1;
    const own = ((n / pairableUnits) * (share - (isPairable ? expected : 0))) / room;
    const byChance = (2 * (1 - coefficient) * ((byUnit[unit] as number) - expected)) / room;
    return sum + (own - byChance - coefficient) ** 2;
  }, 0);
  const standardError = n > 1 ? Math.sqrt(squares / (n * (n - 1))) : undefined;
  const interval = cappedTInterval(coefficient, standardError, n - 1, level);
  return {
    coefficient,
    agreement,
    expected,
    standardError,
    interval,
    level,
    pValue:
      interval === undefined
        ? undefined
        : 2 * studentTCdf(-Math.abs(coefficient / (standardError as number)), n - 1),
    units: n,
    pairableUnits,
    categories,
  };
}

/** Mean share of each category over the rated units, each unit counting once. [q] */
export function categoryShares({ rated, ratings, categories }: PairAgreement): readonly number[] {
  return Array.from(
    { length: categories },
    (_, category) =>
      rated.reduce((sum, row, unit) => sum + (row[category] as number) / (ratings[unit] as number), 0) /
      rated.length,
  );
}
