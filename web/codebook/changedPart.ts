import type { KeyedDraft } from "./keyedDraft.ts";

/** A part of a draft by the keys of its category and, where it is one, its phrase. */
export interface DraftPart {
  readonly categoryKey: string;
  readonly phraseKey: string | undefined;
}

/** The first part of a draft that is new, changed, or in another category than before; undefined where none is. */
export function changedPart(before: KeyedDraft, after: KeyedDraft): DraftPart | undefined {
  const categories = new Map(before.categories.map((category) => [category.key, category]));
  const phrases = new Map(
    before.categories.flatMap((category) =>
      category.phrases.map((phrase) => [phrase.key, { phrase, categoryKey: category.key }]),
    ),
  );
  let changedCategory: DraftPart | undefined;
  for (const category of after.categories) {
    const old = categories.get(category.key);
    if (old === category) continue;
    for (const phrase of category.phrases) {
      const oldPhrase = phrases.get(phrase.key);
      if (oldPhrase?.phrase !== phrase || oldPhrase.categoryKey !== category.key) {
        return { categoryKey: category.key, phraseKey: phrase.key };
      }
    }
    changedCategory ??= { categoryKey: category.key, phraseKey: undefined };
  }
  return changedCategory;
}
