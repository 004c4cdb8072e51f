import { seededRandom } from "../../seededRandom.ts";
import { type MacroF1Change, macroF1Changes } from "../../stats/macroF1Change.ts";
import { weightedShare } from "../../stats/weightedShare.ts";
import type { RunAnswers } from "../../store/runAnswers.ts";
import type { DiagnosticGold } from "./diagnosticGold.ts";
import type { Known, PhrasePrecision } from "./diagnostics.ts";

/** Draws of the bootstrap. */
export const bootstrapDraws = 1000;

/** Gold units with their places among the run's units. */
export interface GoldUnits {
  readonly gold: DiagnosticGold;
  /** The gold units' part of categories of all units. `[units] -> [n]` */
  categoriesOf(categories: Int32Array): readonly number[];
  /** What other categories of the gold units do to macro-F1, each list by the same draws. */
  changesTo(others: readonly (readonly number[])[]): readonly MacroF1Change[];
  /** Of each phrase. `[P]` */
  precisions(phraseCount: number): readonly Known<PhrasePrecision>[];
}

/** Finds the gold units in a run. @param seed of the bootstrap */
export function goldUnits(
  gold: DiagnosticGold,
  answers: RunAnswers,
  categoryCount: number,
  seed: number,
): GoldUnits {
  const { truth, imageIds, response } = gold;
  const wanted = new Set(imageIds);
  const unitOf = new Map<number, number>();
  answers.imageIds.forEach((imageId, unit) => {
    if (wanted.has(imageId) && !unitOf.has(imageId)) unitOf.set(imageId, unit);
  });
  // Each has a prediction in the run, so that it is among the units.
  const units = imageIds.map((imageId) => unitOf.get(imageId) as number);
  const predicted = units.map((unit) => answers.categories[unit] as number);
  return {
    gold,
    categoriesOf: (categories) => units.map((unit) => categories[unit] as number),
    changesTo: (others) =>
      // There are gold units, and so there is a macro-F1.
      macroF1Changes(truth, predicted, others, {
        categoryCount,
        design: response.design,
        random: seededRandom(seed),
        draws: bootstrapDraws,
      }) as readonly MacroF1Change[],
    precisions: (phraseCount) => {
      const isRight = truth.map((category, i) => category === predicted[i]);
      const phrases = units.map((unit) => answers.phrases[unit] as number);
      return Array.from({ length: phraseCount }, (_, phrase): Known<PhrasePrecision> => {
        const isWon = phrases.map((own) => own === phrase);
        const estimate = weightedShare(isRight, { design: response.design }, isWon);
        if (estimate === undefined) return { why: "it stands for no coded image" };
        return { share: estimate.share, interval: estimate.interval, units: estimate.count };
      });
    },
  };
}
