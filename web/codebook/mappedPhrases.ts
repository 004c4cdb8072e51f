import type { BareDraft } from "./keyedDraft.ts";

/** A phrase of the similarity map, with its place. */
export interface MappedPhrase {
  readonly key: string;
  readonly text: string;
  /** Index into the draft's categories. */
  readonly category: number;
  readonly categoryName: string;
}

/** All phrases of a draft that was sent, in the order of its scores. */
export function mappedPhrases({
  draft,
  phraseKeys,
}: Pick<BareDraft, "draft" | "phraseKeys">): readonly MappedPhrase[] {
  let index = 0;
  return draft.categories.flatMap(({ name, phrases }, category) =>
    phrases.map(({ text }) => ({ key: phraseKeys[index++] ?? "", text, category, categoryName: name })),
  );
}
