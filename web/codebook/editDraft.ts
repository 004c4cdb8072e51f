import type { KeyedCategory, KeyedDraft, KeyedPhrase } from "./keyedDraft.ts";

// Every edit is a function from a draft to the next one. Parts that an edit leaves as they are stay the same objects, so that
// the board draws only what changed; an edit that changes nothing, or names a part that is gone, returns the draft itself.

/** What can be written about a category besides its phrases. */
export type CategoryChanges = Partial<
  Pick<KeyedCategory, "name" | "description" | "instructions" | "residual" | "comment" | "examples">
>;

/** What can be written about a whole codebook. */
export type HeadChanges = Partial<Pick<KeyedDraft, "title" | "language" | "templates">>;

/** Where a phrase stands: indices of its category and within it. */
export interface PhrasePlace {
  readonly category: number;
  readonly index: number;
}

/** Where a phrase stands; undefined when the draft has none with this key. */
export function maybePlaceOf(draft: KeyedDraft, phraseKey: string): PhrasePlace | undefined {
  for (const [category, { phrases }] of draft.categories.entries()) {
    const index = phrases.findIndex(({ key }) => key === phraseKey);
    if (index >= 0) return { category, index };
  }
  return undefined;
}

/** Changes title, language or templates. */
export function changeHead(draft: KeyedDraft, changes: HeadChanges): KeyedDraft {
  return { ...draft, ...changes };
}

/** Changes a phrase's text or comment. */
export function changePhrase(
  draft: KeyedDraft,
  phraseKey: string,
  changes: Partial<Pick<KeyedPhrase, "text" | "comment">>,
): KeyedDraft {
  const place = maybePlaceOf(draft, phraseKey);
  if (place === undefined) return draft;
  return changePhrases(draft, place.category, (phrases) =>
    phrases.map((phrase) => (phrase.key === phraseKey ? { ...phrase, ...changes } : phrase)),
  );
}

/** Puts phrases into a category, at an index of it or at its end. */
export function addPhrases(
  draft: KeyedDraft,
  categoryKey: string,
  added: readonly KeyedPhrase[],
  index?: number,
): KeyedDraft {
  return changePhrases(draft, indexOfCategory(draft, categoryKey), (phrases) =>
    phrases.toSpliced(index ?? phrases.length, 0, ...added),
  );
}

/** Takes a phrase out. */
export function deletePhrase(draft: KeyedDraft, phraseKey: string): KeyedDraft {
  const place = maybePlaceOf(draft, phraseKey);
  if (place === undefined) return draft;
  return changePhrases(draft, place.category, (phrases) => phrases.toSpliced(place.index, 1));
}

/**
 * Moves a phrase, within its category or into another.
 * @param index where it will stand in the category; beyond its end: at the end
 */
export function movePhrase(
  draft: KeyedDraft,
  phraseKey: string,
  categoryKey: string,
  index = Number.POSITIVE_INFINITY,
): KeyedDraft {
  const place = maybePlaceOf(draft, phraseKey);
  const target = indexOfCategory(draft, categoryKey);
  const phrase = place && draft.categories[place.category]?.phrases[place.index];
  if (place === undefined || phrase === undefined || target < 0) return draft;
  const without = changePhrases(draft, place.category, (phrases) => phrases.toSpliced(place.index, 1));
  const end = without.categories[target]?.phrases.length ?? 0;
  const at = Math.max(0, Math.min(index, end));
  if (target === place.category && at === place.index) return draft;
  return changePhrases(without, target, (phrases) => phrases.toSpliced(at, 0, phrase));
}

/** Moves a phrase to before another of a category; undefined: to the category's end. */
export function movePhraseBefore(
  draft: KeyedDraft,
  phraseKey: string,
  categoryKey: string,
  beforeKey: string | undefined,
): KeyedDraft {
  if (phraseKey === beforeKey) return draft;
  const phrases = draft.categories[indexOfCategory(draft, categoryKey)]?.phrases ?? [];
  const others = phrases.filter(({ key }) => key !== phraseKey);
  const index = others.findIndex(({ key }) => key === beforeKey);
  return movePhrase(draft, phraseKey, categoryKey, index < 0 ? undefined : index);
}

/** Moves a phrase one place up (-1) or down (1); from the edge of a category into the next one that way. */
export function shiftPhrase(draft: KeyedDraft, phraseKey: string, by: -1 | 1): KeyedDraft {
  const place = maybePlaceOf(draft, phraseKey);
  if (place === undefined) return draft;
  const { key, phrases } = draft.categories[place.category] as KeyedCategory;
  const index = place.index + by;
  if (index >= 0 && index < phrases.length) return movePhrase(draft, phraseKey, key, index);
  const next = draft.categories[place.category + by];
  if (next === undefined) return draft;
  return movePhrase(draft, phraseKey, next.key, by > 0 ? 0 : undefined);
}

/** Moves a phrase to the end of the category before (-1) or after (1) its own. */
export function sendPhrase(draft: KeyedDraft, phraseKey: string, by: -1 | 1): KeyedDraft {
  const place = maybePlaceOf(draft, phraseKey);
  const next = place && draft.categories[place.category + by];
  return next === undefined ? draft : movePhrase(draft, phraseKey, next.key);
}

/** Puts a category in, at an index or at the end. */
export function addCategory(draft: KeyedDraft, category: KeyedCategory, index?: number): KeyedDraft {
  const categories = draft.categories.toSpliced(index ?? draft.categories.length, 0, category);
  return { ...draft, categories };
}

/** A name that no category of the draft has: the given one, or with a number behind it. */
export function freeCategoryName(draft: KeyedDraft, name: string): string {
  const taken = new Set(draft.categories.map((category) => category.name.trim().toLowerCase()));
  let candidate = name;
  for (let number = 2; taken.has(candidate.toLowerCase()); number++) candidate = `${name} ${number}`;
  return candidate;
}

/** Changes what is written about a category. A codebook has one residual category: making it another one ends the first. */
export function changeCategory(draft: KeyedDraft, categoryKey: string, changes: CategoryChanges): KeyedDraft {
  if (indexOfCategory(draft, categoryKey) < 0) return draft;
  return {
    ...draft,
    categories: draft.categories.map((category) => {
      if (category.key === categoryKey) return { ...category, ...changes };
      if (changes.residual === true && category.residual === true) return { ...category, residual: false };
      return category;
    }),
  };
}

/** Takes a category with its phrases out. */
export function deleteCategory(draft: KeyedDraft, categoryKey: string): KeyedDraft {
  const index = indexOfCategory(draft, categoryKey);
  return index < 0 ? draft : { ...draft, categories: draft.categories.toSpliced(index, 1) };
}

/** Moves a category; beyond the first or last place nothing happens. */
export function moveCategory(draft: KeyedDraft, categoryKey: string, index: number): KeyedDraft {
  const from = indexOfCategory(draft, categoryKey);
  const category = draft.categories[from];
  if (category === undefined || index === from || index < 0 || index >= draft.categories.length) return draft;
  return { ...draft, categories: draft.categories.toSpliced(from, 1).toSpliced(index, 0, category) };
}

/** Names an image as an example of a category; once is enough. */
export function pinExample(draft: KeyedDraft, categoryKey: string, name: string): KeyedDraft {
  const examples = draft.categories[indexOfCategory(draft, categoryKey)]?.examples ?? [];
  if (examples.includes(name)) return draft;
  return changeCategory(draft, categoryKey, { examples: [...examples, name] });
}

/** Takes an example off a category. */
export function removeExample(draft: KeyedDraft, categoryKey: string, name: string): KeyedDraft {
  const examples = draft.categories[indexOfCategory(draft, categoryKey)]?.examples ?? [];
  if (!examples.includes(name)) return draft;
  return changeCategory(draft, categoryKey, { examples: examples.filter((example) => example !== name) });
}

function indexOfCategory(draft: KeyedDraft, categoryKey: string): number {
  return draft.categories.findIndex(({ key }) => key === categoryKey);
}

function changePhrases(
  draft: KeyedDraft,
  category: number,
  change: (phrases: readonly KeyedPhrase[]) => readonly KeyedPhrase[],
): KeyedDraft {
  const changed = draft.categories[category];
  if (changed === undefined) return draft;
  return {
    ...draft,
    categories: draft.categories.with(category, { ...changed, phrases: change(changed.phrases) }),
  };
}
