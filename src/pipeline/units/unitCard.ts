import type { Codebook } from "../../codebook/codebook.ts";
import { codebookPhrases } from "../../codebook/codebook.ts";
import type { UnitFailure } from "../../store/runStore.ts";
import type { StandingKind, UnitRow } from "../../store/unitStore.ts";

/** An answer by its names. */
export interface NamedAnswer {
  readonly category: string;
  readonly phrase: string;
  /** 0..1 */
  readonly probability: number;
}

/** One unit of a run as listings show it. Without an image it has a failure instead of an answer. */
export interface UnitCard {
  readonly position: number;
  readonly unitId: number;
  readonly imageId: number | undefined;
  /** As in the results table; `row 12` where a row names no image. */
  readonly name: string;
  readonly category: string | undefined;
  readonly phrase: string | undefined;
  /** 0..1 */
  readonly probability: number | undefined;
  /** How far the runner-up is behind, 0..1. */
  readonly margin: number | undefined;
  /** The best of the other categories. */
  readonly runnerUp: NamedAnswer | undefined;
  /** With what the listing is ranked by. */
  readonly cosine: number | undefined;
  /** As seen, after its EXIF orientation. */
  readonly widthPx: number | undefined;
  readonly heightPx: number | undefined;
  readonly failure: UnitFailure | undefined;
  /** The newest verdict on it. */
  readonly verdict: StandingKind | undefined;
}

/** Makes the cards of one codebook's units. */
export function cardMaker(
  codebook: Codebook,
): (row: UnitRow, more?: Partial<Pick<UnitCard, "cosine" | "verdict">>) => UnitCard {
  const phrases = codebookPhrases(codebook);
  const named = (answer: { category: number; phrase: number; probability: number }): NamedAnswer => ({
    category: codebook.categories[answer.category]?.name ?? "",
    phrase: phrases[answer.phrase]?.text ?? "",
    probability: answer.probability,
  });
  return ({ position, unitId, imageId, unit, widthPx, heightPx, prediction, failure }, more = {}) => {
    const answer = prediction && named(prediction);
    const runnerUp = prediction?.runnerUp && named(prediction.runnerUp);
    return {
      position,
      unitId,
      imageId,
      name: unit.name === "" ? `row ${unit.rowNumber}` : unit.name,
      category: answer?.category,
      phrase: answer?.phrase,
      probability: answer?.probability,
      margin: answer && runnerUp && Math.max(0, answer.probability - runnerUp.probability),
      runnerUp,
      cosine: more.cosine,
      widthPx,
      heightPx,
      failure,
      verdict: more.verdict,
    };
  };
}
