import { useState } from "preact/hooks";
import { useBoard } from "./boardContext.ts";
import type { PhraseNumbers } from "./boardNumbers.ts";
import { changePhrase } from "./editDraft.ts";
import { GrowingText } from "./GrowingText.tsx";
import type { KeyedPhrase } from "./keyedDraft.ts";
import { NoteList } from "./NoteList.tsx";
import { onlyWhenChanged } from "./onlyWhenChanged.tsx";
import { PhraseDiagnosis } from "./PhraseDiagnosis.tsx";
import { PhraseFigures } from "./PhraseFigures.tsx";
import { PhraseShifts } from "./PhraseShifts.tsx";
import { phraseFieldId } from "./partIds.ts";
import { actOnPhraseKey, deletePhraseHere, openPhraseMenu, pasteLines } from "./phraseEdits.ts";
import { quoted } from "./quoted.ts";

interface PhraseRowProps {
  readonly phrase: KeyedPhrase;
  readonly categoryKey: string;
  readonly categoryName: string;
  /** From 1. */
  readonly place: number;
  readonly numbers: PhraseNumbers | undefined;
  readonly canComment: boolean;
}

/** A phrase of the board: its text, its numbers, and what is to be said about it. */
export const PhraseRow = onlyWhenChanged(function PhraseRow({
  phrase,
  categoryKey,
  categoryName,
  place,
  numbers,
  canComment,
}: PhraseRowProps) {
  const board = useBoard();
  const [commenting, setCommenting] = useState(false);
  const { key, text, comment } = phrase;
  const category = { key: categoryKey, name: categoryName };
  const name = `Phrase ${place} of ${categoryName}`;
  const commentId = `comment-${key}`;
  return (
    <li class="phrase" data-phrase={key}>
      <span
        class="handle"
        title="Drag to another place"
        aria-hidden="true"
        onPointerDown={(event) => {
          if (event.button === 0) board.beginDrag(event, { key, text });
        }}
      />
      <div class="phrase-text">
        <GrowingText
          id={phraseFieldId(key)}
          value={text}
          aria-label={name}
          placeholder="A sentence describing such images"
          onInput={(event) => {
            const typed = event.currentTarget.value.replace(/[\n\r]+/gu, " ");
            board.edit(
              `edit phrase ${quoted(text)}`,
              (draft) => changePhrase(draft, key, { text: typed }),
              `text ${key}`,
            );
          }}
          onBlur={() => board.leaveField()}
          onPaste={(event) => {
            const pasted = event.clipboardData?.getData("text/plain") ?? "";
            if (pasteLines(board, pasted, phrase, category)) event.preventDefault();
          }}
          onKeyDown={(event) => {
            if (actOnPhraseKey(board, event, phrase, category)) event.preventDefault();
          }}
        />
        {(comment !== undefined || commenting) && (
          <label class="phrase-comment">
            <span aria-hidden="true">#</span>
            <span class="unseen">Comment on {name}</span>
            <input
              id={commentId}
              dir="auto"
              value={comment ?? ""}
              readOnly={!canComment}
              onInput={(event) => {
                const { value } = event.currentTarget;
                board.edit(
                  `comment on ${quoted(text)}`,
                  (draft) => changePhrase(draft, key, { comment: value }),
                  `comment ${key}`,
                );
              }}
              onBlur={() => {
                setCommenting(false);
                if (comment?.trim() === "") {
                  board.edit(
                    "remove comment",
                    (draft) => changePhrase(draft, key, { comment: undefined }),
                    `comment ${key}`,
                  );
                }
                board.leaveField();
              }}
            />
          </label>
        )}
        <PhraseShifts score={numbers?.score} />
        <PhraseDiagnosis text={text} />
        <NoteList notes={numbers?.notes ?? []} />
      </div>
      <PhraseFigures numbers={numbers} />
      <div class="phrase-buttons">
        <button
          type="button"
          class="icon"
          aria-label={`Move or delete: ${name}`}
          aria-haspopup="menu"
          title="Move, comment, delete"
          onClick={(event) =>
            openPhraseMenu(
              board,
              event.currentTarget,
              phrase,
              canComment
                ? () => {
                    setCommenting(true);
                    board.focusLater(commentId);
                  }
                : undefined,
            )
          }
        >
          <span aria-hidden="true">⋯</span>
        </button>
        <button
          type="button"
          class="icon"
          aria-label={`Delete: ${name}`}
          title="Delete"
          onClick={() => deletePhraseHere(board, phrase)}
        >
          <span aria-hidden="true">×</span>
        </button>
      </div>
    </li>
  );
});
