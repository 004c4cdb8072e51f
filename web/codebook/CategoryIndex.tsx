import { formatCount } from "../format.ts";
import { useBoard } from "./boardContext.ts";
import type { BoardNumbers } from "./boardNumbers.ts";
import { signedCount } from "./CategoryFigures.tsx";
import { addCategoryHere } from "./categoryEdits.ts";
import type { KeyedDraft } from "./keyedDraft.ts";
import { categoryFieldId } from "./partIds.ts";
import { ShareBar } from "./ShareBar.tsx";

/** All categories at a glance, with their counts: the way to each, and a place to drop phrases on. */
export function CategoryIndex({
  draft,
  numbers,
}: {
  readonly draft: KeyedDraft;
  readonly numbers: BoardNumbers | undefined;
}) {
  const board = useBoard();
  return (
    <nav class="category-index" aria-label="Categories">
      <ol>
        {draft.categories.map(({ key, name }) => {
          const category = numbers?.categories.get(key);
          const score = category?.score;
          const difference = score?.countInRun === undefined ? undefined : score.count - score.countInRun;
          return (
            <li key={key} data-category={key}>
              <button
                type="button"
                onClick={() => {
                  board.unfold(key);
                  board.focusLater(categoryFieldId(key));
                }}
              >
                <span class="index-name" dir="auto">
                  {name.trim() === "" ? "(no name)" : name}
                </span>
                <span class="index-count">{score === undefined ? "–" : formatCount(score.count)}</span>
                <span class="index-change">
                  {difference === undefined || difference === 0 ? "" : signedCount(difference)}
                </span>
                <ShareBar
                  share={score?.share}
                  shareInRun={category?.shareInRun}
                  largestShare={category?.largestShare ?? 0}
                />
              </button>
            </li>
          );
        })}
      </ol>
      <button type="button" class="plain" onClick={() => addCategoryHere(board)}>
        <span aria-hidden="true">+ </span>Add category
      </button>
    </nav>
  );
}
