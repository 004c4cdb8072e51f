import { benjaminiYekutieli } from "./benjaminiYekutieli.ts";
import { studentTCdf } from "./distributions/studentT.ts";
import type { Ratings } from "./pairableUnits.ts";

/** The model against one coder, both judged by the other coders. */
export interface CoderComparison {
  /** The coder's column. */
  readonly coder: number;
  /** That the coder, model and another coder labelled. */
  readonly units: number;
  /** Share of units in which the model agrees with the other coders at least as often as this coder; undefined without units. */
  readonly modelAdvantage: number | undefined;
  /** Share of units in which this coder agrees with them at least as often as the model; undefined without units. */
  readonly coderAdvantage: number | undefined;
  /** One-sided, of the coder being better by epsilon or more; undefined with too few units to test. */
  readonly pValue: number | undefined;
  /** The model holds up against this coder. */
  readonly isWon: boolean;
}

/** Whether the model may stand in for a coder. */
export interface AlternativeAnnotatorTest {
  /** Share of tested coders against whom the model holds up; undefined where nobody could be tested. */
  readonly winningRate: number | undefined;
  /** At least half of the coders; undefined as above. */
  readonly isPassed: boolean | undefined;
  /** Mean of the model's advantage over the tested coders. */
  readonly advantageProbability: number | undefined;
  readonly epsilon: number;
  readonly q: number;
  readonly coders: readonly CoderComparison[];
}

/**
 * The alternative annotator test (Calderon, Reichart and Dror 2025, "The Alternative Annotator Test for LLM-as-a-Judge", ACL). Every
 * coder in turn is left out and compared with the model by their agreement with the remaining coders, unit by unit: a one-sided
 * t-test of the coder's wins less the model's against epsilon, then Benjamini and Yekutieli's procedure over coders. The authors want at
 * least three coders and 50 to 100 units, and epsilon .2 for experts, .15 for skilled coders, .1 for crowds.
 *
 * @param ratings [n, coders]
 * @param model the model's labels [n]
 * @param options epsilon: what a coder's labels are worth more than the model's for their cost, 0..1; q: the false discovery rate;
 *   minimumUnits: a coder with fewer is not tested, 30 as in the authors' program
 * @returns undefined with fewer than two coders
 * @throws RangeError for another number of model labels than units
 */
export function alternativeAnnotatorTest(
  ratings: Ratings,
  model: readonly (number | undefined)[],
  { epsilon, q = 0.05, minimumUnits = 30 }: { epsilon: number; q?: number; minimumUnits?: number },
): AlternativeAnnotatorTest | undefined {
  if (ratings.length !== model.length)
    throw new RangeError(`${ratings.length} units, ${model.length} labels`);
  const coderCount = ratings.reduce((most, row) => Math.max(most, row.length), 0);
  if (coderCount < 2) return undefined;
  const compared = Array.from({ length: coderCount }, (_, coder) => {
    // Positive: the coder agrees with more of the others than the model does.
    const leads = ratings.flatMap((row, unit) => leadOf(row, coder, model[unit]) ?? []);
    return {
      coder,
      units: leads.length,
      modelAdvantage: shareOf(leads, (lead) => lead <= 0),
      coderAdvantage: shareOf(leads, (lead) => lead >= 0),
      pValue: leads.length < Math.max(2, minimumUnits) ? undefined : pValueOf(leads, epsilon),
    };
  });
  const tested = compared.filter(({ pValue }) => pValue !== undefined);
  const rejected = benjaminiYekutieli(
    tested.map(({ pValue }) => pValue as number),
    q,
  );
  const winningRate = shareOf(rejected, (isRejected) => isRejected);
  return {
    winningRate,
    isPassed: winningRate === undefined ? undefined : winningRate >= 0.5,
    advantageProbability:
      tested.length === 0
        ? undefined
        : tested.reduce((sum, { modelAdvantage }) => sum + (modelAdvantage as number), 0) / tested.length,
    epsilon,
    q,
    coders: compared.map((comparison) => ({
      ...comparison,
      isWon: rejected[tested.indexOf(comparison)] ?? false,
    })),
  };
}

/** With how many more of the others a coder agrees than the model does; undefined where one of them is missing. */
function leadOf(
  row: readonly (number | undefined)[],
  coder: number,
  model: number | undefined,
): number | undefined {
  const own = row[coder];
  const others = row.filter((label, index) => index !== coder && label !== undefined);
  if (own === undefined || model === undefined || others.length === 0) return undefined;
  return others.filter((label) => label === own).length - others.filter((label) => label === model).length;
}

function pValueOf(leads: readonly number[], epsilon: number): number {
  const n = leads.length;
  const signs = leads.map(Math.sign);
  const mean = signs.reduce((sum, sign) => sum + sign, 0) / n;
  const variance = signs.reduce((sum, sign) => sum + (sign - mean) ** 2, 0) / (n - 1);
  // Where every unit goes the same way, t is infinite.
  if (variance === 0) return mean < epsilon ? 0 : 1;
  return studentTCdf((mean - epsilon) / Math.sqrt(variance / n), n - 1);
}

function shareOf<Item>(items: readonly Item[], has: (item: Item) => boolean): number | undefined {
  return items.length === 0 ? undefined : items.filter(has).length / items.length;
}
