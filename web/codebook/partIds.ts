// Identifiers of the board's elements, by which the focus is moved.

/** The text field of a phrase. */
export function phraseFieldId(phraseKey: string): string {
  return `phrase-${phraseKey}`;
}

/** The name field of a category. */
export function categoryFieldId(categoryKey: string): string {
  return `category-${categoryKey}`;
}

/** The button that adds a phrase to a category. */
export function addPhraseId(categoryKey: string): string {
  return `add-${categoryKey}`;
}

/** The button that saves; the focus goes there when a notice goes with its own button. */
export const saveButtonId = "save-codebook";
