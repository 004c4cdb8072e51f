import type { AgreementCoefficient } from "../../../src/stats/agreementCoefficient.ts";
import { alphaInterval } from "../../../src/stats/alphaInterval.ts";
import { brennanPrediger } from "../../../src/stats/brennanPrediger.ts";
import { cappedTInterval } from "../../../src/stats/cappedTInterval.ts";
import { cohenKappa } from "../../../src/stats/cohenKappa.ts";
import { congerKappa } from "../../../src/stats/congerKappa.ts";
import { crossTable } from "../../../src/stats/crossTable.ts";
import { fleissKappa } from "../../../src/stats/fleissKappa.ts";
import { gwetAc1 } from "../../../src/stats/gwetAc1.ts";
import { krippendorffAlpha } from "../../../src/stats/krippendorffAlpha.ts";
import type { Ratings } from "../../../src/stats/pairableUnits.ts";
import { percentAgreement } from "../../../src/stats/percentAgreement.ts";
import { unitCounts } from "../../../src/stats/unitCounts.ts";
import type { Interval } from "../../../src/stats/wilsonInterval.ts";
import type { Comparer } from "./comparer.ts";

/** A coefficient as irrCAC writes it. */
export interface Coefficient {
  readonly coef: number | undefined;
  readonly se: number | undefined;
  readonly interval: Interval | undefined;
  readonly pa: number | undefined;
  readonly pe: number | undefined;
}

/** Our coefficients by the names of the vectors; Cohen's for the first two coders. */
export function coefficientsOf(ratings: Ratings, categories: number): Readonly<Record<string, Coefficient>> {
  const counts = unitCounts(ratings, categories);
  const percent = percentAgreement(counts);
  const alpha = krippendorffAlpha(ratings);
  const { standardError: se, interval } = alphaInterval(ratings) ?? {};
  // irrCAC counts agreement and chance of all ratings, Krippendorff disagreement of pairs.
  const ofPairs = alpha && (alpha.pairableRatings - 1) / alpha.pairableRatings;
  const krippendorff = {
    coef: alpha?.alpha,
    se,
    interval,
    pa: alpha && 1 - alpha.observedDisagreement * (ofPairs as number),
    pe: alpha && 1 - alpha.expectedDisagreement * (ofPairs as number),
  };
  const fleiss = written(fleissKappa(counts));
  const columns = [0, 1].map((coder) => ratings.map((row) => row[coder]));
  const cohen = cohenKappa(crossTable(columns[0] ?? [], columns[1] ?? [], categories));
  return {
    percent: {
      coef: percent?.agreement,
      se: percent?.standardError,
      interval: percent?.interval,
      pa: undefined,
      pe: undefined,
    },
    gwet_ac1: written(gwetAc1(counts)),
    brennan_prediger: written(brennanPrediger(counts)),
    fleiss,
    scott: fleiss,
    conger: written(congerKappa(ratings, categories)),
    krippendorff,
    krippendorff_alpha: krippendorff,
    cohen: {
      coef: cohen?.kappa,
      se: cohen?.standardError,
      // irrCAC takes Student's t, SAS and we the normal distribution.
      interval: cohen && cappedTInterval(cohen.kappa, cohen.standardError, cohen.units - 1),
      pa: cohen?.agreement,
      pe: cohen?.expected,
    },
  };
}

/**
 * The coefficients as irrCAC's functions for tables give them: they divide squares by n, and not by n - 1 as those for raw ratings.
 * Cohen's asymptotic error does so anyway.
 */
export function asForTables(
  coefficients: Readonly<Record<string, Coefficient>>,
  units: number,
): Readonly<Record<string, Coefficient>> {
  return Object.fromEntries(
    Object.entries(coefficients).map(([name, coefficient]) => {
      const { coef, se } = coefficient;
      if (name === "cohen" || coef === undefined || se === undefined) return [name, coefficient];
      const own = se * Math.sqrt((units - 1) / units);
      return [name, { ...coefficient, se: own, interval: cappedTInterval(coef, own, units - 1) }];
    }),
  );
}

/** Compares every value of every coefficient that a vector names. */
export function compareCoefficients(
  compare: Comparer,
  ours: Readonly<Record<string, Coefficient>>,
  expected: Readonly<Record<string, Readonly<Record<string, number & readonly [number, number]>>>>,
  { intervalTolerance }: { intervalTolerance?: number } = {},
): void {
  for (const [name, values] of Object.entries(expected)) {
    const own = ours[name];
    if (own === undefined) throw new Error(`there is no coefficient ${name}`);
    for (const [key, value] of Object.entries(values)) {
      const what = `${name} ${key}`;
      if (key === "ci") compare.addInterval(what, own.interval, value, intervalTolerance);
      else if (key === "se") compare.add(what, own.se, value);
      else if (key === "coef" || key === "pa" || key === "pe") compare.add(what, own[key], value);
      else throw new Error(`nothing is known of ${what}`);
    }
  }
}

function written(coefficient: AgreementCoefficient | undefined): Coefficient {
  return {
    coef: coefficient?.coefficient,
    se: coefficient?.standardError,
    interval: coefficient?.interval,
    pa: coefficient?.agreement,
    pe: coefficient?.expected,
  };
}
