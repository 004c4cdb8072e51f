import { type Codebook, codebookPhrases } from "../../codebook/codebook.ts";
import type { CodebookDraft } from "../../codebook/codebookDraft.ts";
import { isSameByPhrases } from "./isSameByPhrases.ts";

/** Which part of a draft is which part of a run's codebook; -1 where there is none. */
export interface DraftMatch {
  /** For each category of the draft, in its order. */
  readonly categoryInRun: Int32Array;
  /** For each category of the run. */
  readonly categoryInDraft: Int32Array;
  /** For each phrase of the draft, in the order of `codebookPhrases`. */
  readonly phraseInRun: Int32Array;
}

/**
 * Finds the parts of a draft in a run's codebook. A part is first what it was in the text that the editing began with, by
 * name there, whatever it is called now; then what has its name in the run. A category that was renamed before the editing began
 * is known by its phrases.
 * @param base the text that the editing began with, as a draft
 */
export function matchDraft(draft: CodebookDraft, base: CodebookDraft, run: Codebook): DraftMatch {
  const categoryInRun = match(
    draft.categories.map(({ source, name }) => [nameAt(base.categories, source)?.name, name]),
    run.categories.map(({ name }) => name),
  );
  claimByPhrases(categoryInRun, draft, base, run);
  const basePhrases = base.categories.flatMap(({ phrases }) => phrases);
  const phraseInRun = match(
    draft.categories
      .flatMap(({ phrases }) => phrases)
      .map(({ source, text }) => [nameAt(basePhrases, source)?.text, text]),
    codebookPhrases(run).map(({ text }) => text),
  );
  const categoryInDraft = new Int32Array(run.categories.length).fill(-1);
  categoryInRun.forEach((inRun, index) => {
    if (inRun >= 0) categoryInDraft[inRun] = index;
  });
  return { categoryInRun, categoryInDraft, phraseInRun };
}

function nameAt<Part>(parts: readonly Part[], source: number | undefined): Part | undefined {
  return source === undefined ? undefined : parts[source];
}

/** Index among `known` of each part, by its former name, else its name of now; none is given twice. */
function match(
  parts: readonly (readonly [before: string | undefined, now: string])[],
  known: readonly string[],
): Int32Array {
  const free = new Map(known.map((name, index) => [name, index]));
  const found = new Int32Array(parts.length).fill(-1);
  const claim = (name: string | undefined, at: number) => {
    const index = name === undefined ? undefined : free.get(name);
    if (name === undefined || index === undefined || found[at] !== -1) return;
    found[at] = index;
    free.delete(name);
  };
  parts.forEach(([before], at) => {
    claim(before, at);
  });
  parts.forEach(([, now], at) => {
    claim(now.trim(), at);
  });
  return found;
}

/** A category of the text without a namesake is known by the phrases that it had there, whatever becomes of them now. */
function claimByPhrases(
  categoryInRun: Int32Array,
  draft: CodebookDraft,
  base: CodebookDraft,
  run: Codebook,
): void {
  const claimed = new Set(categoryInRun);
  draft.categories.forEach(({ source }, at) => {
    const written = nameAt(base.categories, source)?.phrases.map(({ text }) => text.trim());
    if (written === undefined || categoryInRun[at] !== -1) return;
    const index = run.categories.findIndex(
      ({ phrases }, inRun) => !claimed.has(inRun) && isSameByPhrases(written, phrases),
    );
    if (index === -1) return;
    categoryInRun[at] = index;
    claimed.add(index);
  });
}
