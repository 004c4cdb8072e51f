import { type Codebook, codebookPhrases } from "../../codebook/codebook.ts";
import type { Study } from "../../store/openStudy.ts";
import type { ShownUnit } from "../../store/runAnswers.ts";
import { type Comparison, isMoved } from "./draftScores.ts";

/** One side of a moved unit. */
export interface MoveSide {
  /** By name. */
  readonly category: string;
  readonly phrase: string;
  /** 0..1 */
  readonly probability: number;
}

/** A unit that a draft would put elsewhere. */
export interface MovedUnit extends ShownUnit {
  readonly before: MoveSide;
  readonly after: MoveSide;
}

/** Which moved units, and which part of their list. */
export interface MovesQuery {
  /** A category of the run by name. */
  readonly from?: string | undefined;
  /** A category of the draft by name. */
  readonly to?: string | undefined;
  readonly offset: number;
  readonly limit: number;
}

/** A part of a list of moved units, and how many there are in all. */
export interface MovedUnits {
  readonly total: number;
  readonly items: readonly MovedUnit[];
}

/** The units that a draft moves, in the run's order. */
export function movedUnits(
  study: Study,
  runId: number,
  comparison: Comparison,
  { from, to, offset, limit }: MovesQuery,
): MovedUnits {
  const { run, draft, before, after } = comparison;
  const found: number[] = [];
  for (let i = 0; i < before.positions.length; i++) {
    if (!isMoved(comparison, i)) continue;
    if (from !== undefined && run.categories[before.categories[i] as number]?.name !== from) continue;
    if (to !== undefined && draft.categories[after.categories[i] as number]?.name !== to) continue;
    found.push(i);
  }
  const page = found.slice(offset, offset + limit);
  const positions = page.map((i) => before.positions[i] as number);
  const beforeSide = sideOf(run);
  const afterSide = sideOf(draft);
  const items = study.answers.unitsAt(runId, positions).map((unit, at): MovedUnit => {
    const i = page[at] as number;
    return {
      ...unit,
      before: beforeSide(before.phrases[i] as number, before.probabilities[i] as number),
      after: afterSide(after.phrases[i] as number, after.probabilities[i] as number),
    };
  });
  return { total: found.length, items };
}

function sideOf(codebook: Codebook): (phrase: number, probability: number) => MoveSide {
  const phrases = codebookPhrases(codebook);
  return (phrase, probability) => {
    const { text = "", categoryIndex = -1 } = phrases[phrase] ?? {};
    return { category: codebook.categories[categoryIndex]?.name ?? "", phrase: text, probability };
  };
}
