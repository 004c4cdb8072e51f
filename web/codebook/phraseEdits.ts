import type { Board } from "./boardContext.ts";
import { commandKey } from "./commandKey.ts";
import {
  addPhrases,
  changePhrase,
  deletePhrase,
  maybePlaceOf,
  movePhrase,
  sendPhrase,
  shiftPhrase,
} from "./editDraft.ts";
import { type KeyedCategory, type KeyedDraft, type KeyedPhrase, newKey } from "./keyedDraft.ts";
import { addPhraseId, phraseFieldId } from "./partIds.ts";
import { quoted } from "./quoted.ts";

// Edits of phrases as the board does them: the edit itself, where the focus goes, and the sentence that says what happened.

/** How a deletion is taken back, in words. */
export const undoKeys = `${commandKey}+Z brings it back`;

/** Puts phrases into a category and the cursor into the last of them. */
export function addPhrasesHere(
  board: Board,
  category: Pick<KeyedCategory, "key" | "name">,
  texts: readonly string[],
  index?: number,
): void {
  const added = texts.map((text) => ({ key: newKey(), text }));
  const last = added.at(-1);
  if (last === undefined) return;
  board.unfold(category.key);
  board.edit(`add phrase to ${quoted(category.name)}`, (draft) =>
    addPhrases(draft, category.key, added, index),
  );
  board.focusLater(phraseFieldId(last.key), last.text.length);
}

/** Takes a phrase out; the focus goes to its neighbour. */
export function deletePhraseHere(board: Board, { key, text }: KeyedPhrase): void {
  const place = maybePlaceOf(board.draft(), key);
  const category = place && board.draft().categories[place.category];
  if (place === undefined || category === undefined) return;
  const { phrases } = category;
  const neighbour = phrases[place.index - 1] ?? phrases[place.index + 1];
  board.edit(`delete phrase ${quoted(text)}`, (draft) => deletePhrase(draft, key));
  if (neighbour === undefined) board.focusLater(addPhraseId(category.key));
  else board.focusLater(phraseFieldId(neighbour.key), neighbour.text.length);
  if (text.trim() !== "") board.announce(`Deleted ${quoted(text)}. ${undoKeys}.`);
}

/** Moves a phrase by `change`, keeps the focus in it, and says where it is now. */
export function movePhraseHere(
  board: Board,
  phrase: KeyedPhrase,
  change: (draft: KeyedDraft) => KeyedDraft,
  cursor?: number,
): void {
  const before = board.draft();
  board.edit(`move phrase ${quoted(phrase.text)}`, change);
  const after = board.draft();
  const place = maybePlaceOf(after, phrase.key);
  const category = place && after.categories[place.category];
  if (place === undefined || category === undefined) return;
  if (after === before) {
    board.announce(`${quoted(phrase.text)} cannot go further.`);
    return;
  }
  board.unfold(category.key);
  board.focusLater(phraseFieldId(phrase.key), cursor);
  board.announce(
    `Moved ${quoted(phrase.text)} to ${quoted(category.name)}, place ${place.index + 1} of ${category.phrases.length}.`,
  );
}

/** What the menu of a phrase offers. */
export function openPhraseMenu(
  board: Board,
  anchor: HTMLElement,
  phrase: KeyedPhrase,
  writeComment: (() => void) | undefined,
): void {
  const { categories } = board.draft();
  const place = maybePlaceOf(board.draft(), phrase.key);
  const move = (change: (draft: KeyedDraft) => KeyedDraft) => () => movePhraseHere(board, phrase, change);
  board.openMenu({
    label: `Phrase ${quoted(phrase.text)}`,
    anchor,
    items: [
      { name: "Move up", act: move((draft) => shiftPhrase(draft, phrase.key, -1)) },
      { name: "Move down", act: move((draft) => shiftPhrase(draft, phrase.key, 1)) },
      ...(writeComment === undefined ? [] : [{ name: "Write a comment", act: writeComment }]),
      { name: "Delete", act: () => deletePhraseHere(board, phrase) },
      ...categories
        .filter((_, index) => index !== place?.category)
        .map(({ key, name }, index) => ({
          name,
          act: move((draft) => movePhrase(draft, phrase.key, key)),
          ...(index === 0 && { heading: "Move to" }),
        })),
    ],
  });
}

/**
 * The keys of a phrase's text field: Enter for a new phrase below, Backspace for an empty one, Alt with arrows to move it, and
 * with Shift to the next category. @returns true for a key that was one of these
 */
export function actOnPhraseKey(
  board: Board,
  event: KeyboardEvent,
  phrase: KeyedPhrase,
  category: Pick<KeyedCategory, "key" | "name">,
): boolean {
  const field = event.currentTarget as HTMLTextAreaElement;
  if (event.isComposing || event.ctrlKey || event.metaKey) return false;
  if (event.altKey && (event.key === "ArrowUp" || event.key === "ArrowDown")) {
    const by = event.key === "ArrowUp" ? -1 : 1;
    const shift = event.shiftKey ? sendPhrase : shiftPhrase;
    movePhraseHere(board, phrase, (draft) => shift(draft, phrase.key, by), field.selectionStart);
    return true;
  }
  if (event.altKey || event.shiftKey) return false;
  if (event.key === "Enter") {
    const place = maybePlaceOf(board.draft(), phrase.key);
    addPhrasesHere(board, category, [""], place === undefined ? undefined : place.index + 1);
    return true;
  }
  if (event.key === "Backspace" && phrase.text === "") {
    deletePhraseHere(board, phrase);
    return true;
  }
  return false;
}

/** Takes lines that are pasted into a phrase for phrases of their own. @returns false for a single line */
export function pasteLines(
  board: Board,
  pasted: string,
  phrase: KeyedPhrase,
  category: Pick<KeyedCategory, "key" | "name">,
): boolean {
  const lines = pasted
    .split(/[\n\r\u0085\u2028\u2029]+/u)
    .map((line) => line.replace(/^\s*[-*•]\s+/u, "").trim())
    .filter((line) => line !== "");
  if (lines.length < 2) return false;
  const [first, ...others] = phrase.text.trim() === "" ? lines : [phrase.text, ...lines];
  const added = others.map((text) => ({ key: newKey(), text }));
  const index = maybePlaceOf(board.draft(), phrase.key)?.index ?? 0;
  board.edit(`paste ${lines.length} phrases`, (draft) =>
    addPhrases(changePhrase(draft, phrase.key, { text: first ?? "" }), category.key, added, index + 1),
  );
  const last = added.at(-1);
  if (last !== undefined) board.focusLater(phraseFieldId(last.key), last.text.length);
  board.announce(`${lines.length} lines are ${lines.length} phrases now.`);
  return true;
}
