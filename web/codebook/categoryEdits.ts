import type { Board } from "./boardContext.ts";
import { addCategory, deleteCategory, freeCategoryName, moveCategory } from "./editDraft.ts";
import { type KeyedCategory, newKey } from "./keyedDraft.ts";
import { categoryFieldId } from "./partIds.ts";
import { undoKeys } from "./phraseEdits.ts";
import { quoted } from "./quoted.ts";

// Edits of categories as the board does them, as those of phrases in phraseEdits.ts.

/** The field that adds a category, where the focus goes when the last one was deleted. */
export const addCategoryId = "add-category";

/** Puts a new category at the end, with a blank phrase, and selects its name. */
export function addCategoryHere(board: Board): void {
  const key = newKey();
  const name = freeCategoryName(board.draft(), "New category");
  board.edit(`add category ${quoted(name)}`, (draft) =>
    addCategory(draft, { key, name, phrases: [{ key: newKey(), text: "" }] }),
  );
  board.unfold(key);
  board.focusLater(categoryFieldId(key), "all");
  board.announce(`Added ${quoted(name)}. It needs a phrase.`);
}

/** Takes a category out; the focus goes to its neighbour. */
export function deleteCategoryHere(board: Board, { key, name, phrases }: KeyedCategory): void {
  const { categories } = board.draft();
  const index = categories.findIndex((category) => category.key === key);
  const neighbour = categories[index - 1] ?? categories[index + 1];
  board.edit(`delete category ${quoted(name)}`, (draft) => deleteCategory(draft, key));
  board.focusLater(neighbour === undefined ? addCategoryId : categoryFieldId(neighbour.key));
  const count = phrases.length === 1 ? "1 phrase" : `${phrases.length} phrases`;
  board.announce(`Deleted ${quoted(name)} with ${count}. ${undoKeys}.`);
}

/** Moves a category one place up (-1) or down (1), and says where it is now. */
export function moveCategoryHere(board: Board, { key, name }: KeyedCategory, by: -1 | 1): void {
  const before = board.draft();
  const index = before.categories.findIndex((category) => category.key === key);
  board.edit(`move category ${quoted(name)}`, (draft) => moveCategory(draft, key, index + by));
  const after = board.draft();
  if (after === before) {
    board.announce(`${quoted(name)} cannot go further.`);
    return;
  }
  board.focusLater(categoryFieldId(key));
  board.announce(`Moved ${quoted(name)} to place ${index + by + 1} of ${after.categories.length}.`);
}
