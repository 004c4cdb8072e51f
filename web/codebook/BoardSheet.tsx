import { useBoard } from "./boardContext.ts";
import type { BoardNumbers } from "./boardNumbers.ts";
import { CategoryPanel } from "./CategoryPanel.tsx";
import { addCategoryHere, addCategoryId } from "./categoryEdits.ts";
import { commandKey } from "./commandKey.ts";
import { HeadSettings } from "./HeadSettings.tsx";
import type { KeyedDraft } from "./keyedDraft.ts";
import type { useFolding } from "./useFolding.ts";

/** All categories with their phrases, one below the other. */
export function BoardSheet({
  draft,
  numbers,
  folding,
  canComment,
  runId,
}: {
  readonly draft: KeyedDraft;
  readonly numbers: BoardNumbers | undefined;
  readonly folding: ReturnType<typeof useFolding>;
  readonly canComment: boolean;
  readonly runId: number | undefined;
}) {
  const board = useBoard();
  return (
    <div class="sheet">
      {draft.categories.map((category) => (
        <CategoryPanel
          key={category.key}
          category={category}
          numbers={numbers?.categories.get(category.key)}
          phraseNumbers={numbers?.phrases}
          isOpen={folding.isOpen(category.key)}
          canComment={canComment}
          runId={runId}
        />
      ))}
      <p>
        <button type="button" id={addCategoryId} onClick={() => addCategoryHere(board)}>
          <span aria-hidden="true">+ </span>Add category
        </button>
      </p>
      <HeadSettings title={draft.title} language={draft.language} templates={draft.templates} />
      <p class="keys small soft">
        In a phrase: <kbd>Enter</kbd> a new phrase below, <kbd>Alt</kbd>+<kbd>↑</kbd> <kbd>↓</kbd> moves it,{" "}
        <kbd>Alt</kbd>+<kbd>Shift</kbd>+<kbd>↑</kbd> <kbd>↓</kbd> moves it to the next category. Everywhere:{" "}
        <kbd>{commandKey}</kbd>+<kbd>Z</kbd> undoes, <kbd>{commandKey}</kbd>+<kbd>Shift</kbd>+<kbd>Z</kbd>{" "}
        does it again, <kbd>{commandKey}</kbd>+<kbd>S</kbd> saves.
      </p>
    </div>
  );
}
