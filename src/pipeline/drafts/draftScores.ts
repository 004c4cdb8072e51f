import { cosinesWith } from "../../classify.ts";
import { type Codebook, codebookPhrases } from "../../codebook/codebook.ts";
import { type Embeddings, embeddingAt } from "../../embeddings.ts";
import type { RunAnswers } from "../../store/runAnswers.ts";
import type { UnitAnswers } from "./answerUnits.ts";
import type { DraftCategoryScore, DraftPhraseScore, DraftScores, PhraseShift } from "./draftReport.ts";
import type { DraftMatch } from "./matchDraft.ts";

/** Above so many phrases their similarities are no picture that anybody reads, and megabytes of numbers. */
const mostCompared = 200;

/** Phrases that are named on either side of a phrase's gains and losses. */
const mostShifts = 20;

/** What a draft and a run answered, and which part of the one is which of the other. */
export interface Comparison {
  readonly run: Codebook;
  readonly draft: Codebook;
  readonly match: DraftMatch;
  readonly before: RunAnswers;
  readonly after: UnitAnswers;
}

/** Whether a unit's category would be another one. */
export function isMoved({ match, before, after }: Comparison, at: number): boolean {
  return match.categoryInDraft[before.categories[at] as number] !== after.categories[at];
}

/** Counts what a draft does to a run's units. @param phraseEmbeddings the draft's `[P, dim]` */
export function draftScores(
  comparison: Comparison,
  phraseEmbeddings: Embeddings,
): Omit<DraftScores, "judged"> {
  const { run, draft, before, after } = comparison;
  const units = before.positions.length;
  const moves = new Map<number, number>();
  let moved = 0;
  for (let i = 0; i < units; i++) {
    if (!isMoved(comparison, i)) continue;
    moved += 1;
    add(moves, (before.categories[i] as number) * draft.categories.length + (after.categories[i] as number));
  }
  return {
    units,
    categories: categoryScores(comparison),
    phrases: phraseScores(comparison),
    moved,
    moves: largestFirst(moves).map(([key, count]) => ({
      from: run.categories[Math.floor(key / draft.categories.length)]?.name ?? "",
      to: draft.categories[key % draft.categories.length]?.name ?? "",
      count,
    })),
    similarities: similaritiesOf(phraseEmbeddings),
  };
}

function categoryScores({ run, draft, match, before, after }: Comparison): readonly DraftCategoryScore[] {
  const now = tally(after.categories, after.probabilities, draft.categories.length);
  const then = tally(before.categories, before.probabilities, run.categories.length);
  const units = before.positions.length;
  return draft.categories.map((_, index) => {
    const inRun = match.categoryInRun[index] as number;
    const count = now.counts[index] as number;
    return {
      count,
      share: units > 0 ? count / units : undefined,
      meanProbability: now.mean(index),
      countInRun: inRun < 0 ? undefined : then.counts[inRun],
    };
  });
}

function phraseScores({ run, draft, match, before, after }: Comparison): readonly DraftPhraseScore[] {
  const runPhrases = namedPhrases(run);
  const draftPhrases = namedPhrases(draft);
  const now = tally(after.phrases, after.probabilities, draftPhrases.length);
  const then = tally(before.phrases, before.probabilities, runPhrases.length);
  const shifts = new Map<number, number>();
  for (let i = 0; i < after.phrases.length; i++) {
    const from = before.phrases[i] as number;
    const to = after.phrases[i] as number;
    if (match.phraseInRun[to] !== from) add(shifts, from * draftPhrases.length + to);
  }
  const gained: PhraseShift[][] = draftPhrases.map(() => []);
  const lost: PhraseShift[][] = runPhrases.map(() => []);
  for (const [key, count] of largestFirst(shifts)) {
    const from = Math.floor(key / draftPhrases.length);
    const to = key % draftPhrases.length;
    gained[to]?.push({ ...(runPhrases[from] as NamedPhrase), count });
    lost[from]?.push({ ...(draftPhrases[to] as NamedPhrase), count });
  }
  return draftPhrases.map((_, index) => {
    const inRun = match.phraseInRun[index] as number;
    return {
      wins: now.counts[index] as number,
      meanProbability: now.mean(index),
      winsInRun: inRun < 0 ? undefined : then.counts[inRun],
      stealsFrom: (gained[index] ?? []).slice(0, mostShifts),
      givesTo: (lost[inRun] ?? []).slice(0, mostShifts),
    };
  });
}

type NamedPhrase = Pick<PhraseShift, "phrase" | "category">;

function namedPhrases(codebook: Codebook): readonly NamedPhrase[] {
  return codebookPhrases(codebook).map(({ text, categoryIndex }) => ({
    phrase: text,
    category: codebook.categories[categoryIndex]?.name ?? "",
  }));
}

function tally(indices: Int32Array, probabilities: Float64Array, size: number) {
  const counts = new Int32Array(size);
  const sums = new Float64Array(size);
  indices.forEach((index, i) => {
    counts[index] = (counts[index] as number) + 1;
    sums[index] = (sums[index] as number) + (probabilities[i] as number);
  });
  return {
    counts,
    /** undefined for what nothing went to. */
    mean: (index: number) =>
      counts[index] === 0 ? undefined : (sums[index] as number) / (counts[index] as number),
  };
}

function add(counts: Map<number, number>, key: number): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}

function largestFirst(counts: ReadonlyMap<number, number>): readonly (readonly [number, number])[] {
  return [...counts].sort(([keyA, a], [keyB, b]) => b - a || keyA - keyB);
}

/** Cosine of every pair, to four decimals, which is more than a picture shows; undefined where they are too many. */
function similaritiesOf(phrases: Embeddings): readonly number[] | undefined {
  if (phrases.count > mostCompared) return undefined;
  return Array.from({ length: phrases.count }, (_, p) =>
    Array.from(cosinesWith(embeddingAt(phrases, p), phrases), (cosine) => Math.round(cosine * 1e4) / 1e4),
  ).flat();
}
