import { useState } from "preact/hooks";
import { useBoard } from "./boardContext.ts";
import type { CategoryNumbers, PhraseNumbers } from "./boardNumbers.ts";
import { CategoryDetails } from "./CategoryDetails.tsx";
import { CategoryFigures } from "./CategoryFigures.tsx";
import { deleteCategoryHere, moveCategoryHere } from "./categoryEdits.ts";
import { changeCategory } from "./editDraft.ts";
import type { KeyedCategory } from "./keyedDraft.ts";
import { NoteList } from "./NoteList.tsx";
import { onlyWhenChanged } from "./onlyWhenChanged.tsx";
import { PhraseRow } from "./PhraseRow.tsx";
import { addPhraseId, categoryFieldId, phraseFieldId } from "./partIds.ts";
import { addPhrasesHere } from "./phraseEdits.ts";
import { quoted } from "./quoted.ts";
import { ShareBar } from "./ShareBar.tsx";

interface CategoryPanelProps {
  readonly category: KeyedCategory;
  readonly numbers: CategoryNumbers | undefined;
  readonly phraseNumbers: ReadonlyMap<string, PhraseNumbers> | undefined;
  readonly isOpen: boolean;
  readonly canComment: boolean;
  readonly runId: number | undefined;
}

/** A category of the board with its phrases. */
export const CategoryPanel = onlyWhenChanged(function CategoryPanel({
  category,
  numbers,
  phraseNumbers,
  isOpen,
  canComment,
  runId,
}: CategoryPanelProps) {
  const board = useBoard();
  const [hasDetails, setDetails] = useState(false);
  const { key, name, phrases } = category;
  const phrasesId = `phrases-${key}`;
  return (
    <section
      class={`category ${isOpen ? "open" : "folded"}`}
      data-category={key}
      aria-labelledby={`heading-${key}`}
    >
      <h2 class="unseen" id={`heading-${key}`} dir="auto">
        {name}
      </h2>
      <header class="category-head">
        <button
          type="button"
          class="icon fold"
          aria-expanded={isOpen}
          aria-controls={phrasesId}
          aria-label={`Phrases of ${name}`}
          onClick={() => board.toggle(key)}
        >
          <span aria-hidden="true" />
        </button>
        <input
          id={categoryFieldId(key)}
          class="category-name"
          dir="auto"
          value={name}
          aria-label="Name of the category"
          onInput={(event) => {
            const { value } = event.currentTarget;
            board.edit(
              `rename category ${quoted(name)}`,
              (draft) => changeCategory(draft, key, { name: value }),
              `name ${key}`,
            );
          }}
          onBlur={() => board.leaveField()}
          onKeyDown={(event) => {
            if (event.altKey && (event.key === "ArrowUp" || event.key === "ArrowDown")) {
              event.preventDefault();
              moveCategoryHere(board, category, event.key === "ArrowUp" ? -1 : 1);
            } else if (event.key === "Enter" && !event.isComposing) {
              event.preventDefault();
              const first = phrases[0];
              if (first === undefined) addPhrasesHere(board, category, [""]);
              else {
                board.unfold(key);
                board.focusLater(phraseFieldId(first.key), first.text.length);
              }
            }
          }}
        />
        {category.residual === true && <span class="tag">residual</span>}
        <CategoryFigures numbers={numbers} />
        <button
          type="button"
          class="icon"
          aria-label={`Move or delete: ${name}`}
          aria-haspopup="menu"
          title="Move, delete"
          onClick={(event) =>
            board.openMenu({
              label: `Category ${quoted(name)}`,
              anchor: event.currentTarget,
              items: [
                { name: "Move up", act: () => moveCategoryHere(board, category, -1) },
                { name: "Move down", act: () => moveCategoryHere(board, category, 1) },
                { name: "Delete", act: () => deleteCategoryHere(board, category) },
              ],
            })
          }
        >
          <span aria-hidden="true">⋯</span>
        </button>
      </header>
      <ShareBar
        share={numbers?.score?.share}
        shareInRun={numbers?.shareInRun}
        largestShare={numbers?.largestShare ?? 0}
      />
      <div class="category-body" id={phrasesId} hidden={!isOpen}>
        {isOpen && (
          <>
            <button
              type="button"
              class="about"
              aria-expanded={hasDetails}
              onClick={() => setDetails(!hasDetails)}
            >
              <span class="about-mark" aria-hidden="true" />
              <span dir="auto" class={category.description ? "about-text" : "about-text soft"}>
                {category.description ?? "No description"}
              </span>
              <span class="about-more">
                {hasDetails ? "Close" : "Description, instructions, examples"}
                {(category.examples?.length ?? 0) > 0 && !hasDetails && ` (${category.examples?.length})`}
              </span>
            </button>
            {hasDetails && <CategoryDetails category={category} canComment={canComment} runId={runId} />}
            <NoteList notes={numbers?.notes ?? []} />
            <ol class="phrases">
              {phrases.map((phrase, index) => (
                <PhraseRow
                  key={phrase.key}
                  phrase={phrase}
                  categoryKey={key}
                  categoryName={name}
                  place={index + 1}
                  numbers={phraseNumbers?.get(phrase.key)}
                  canComment={canComment}
                />
              ))}
            </ol>
            <button
              type="button"
              class="plain add-phrase"
              id={addPhraseId(key)}
              onClick={() => addPhrasesHere(board, category, [""])}
            >
              <span aria-hidden="true">+ </span>Add phrase<span class="unseen"> to {name}</span>
            </button>
          </>
        )}
      </div>
      {!isOpen && (
        <p class="folded-count soft">{phrases.length === 1 ? "1 phrase" : `${phrases.length} phrases`}</p>
      )}
    </section>
  );
});
