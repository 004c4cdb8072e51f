import { useRef } from "preact/hooks";
import { formatCount } from "../format.ts";
import { useBoard } from "./boardContext.ts";
import type { BoardNumbers } from "./boardNumbers.ts";
import { NoteList } from "./NoteList.tsx";
import { categoryFieldId, phraseFieldId } from "./partIds.ts";

/** Notes on the whole codebook, and the way to those on its parts, one after the other. */
export function NotesOverview({ numbers: { notes, placed } }: { readonly numbers: BoardNumbers }) {
  return (
    <>
      <NoteList notes={notes} />
      {placed.length > 0 && (
        <p class="note-steps">
          <NoteStep placed={placed} kind="mistake" />
          <NoteStep placed={placed} kind="warning" />
        </p>
      )}
    </>
  );
}

function NoteStep({
  placed,
  kind,
}: {
  readonly placed: BoardNumbers["placed"];
  readonly kind: "mistake" | "warning";
}) {
  const board = useBoard();
  const next = useRef(0);
  const own = placed.filter(({ note }) => note.kind === kind);
  if (own.length === 0) return null;
  const show = () => {
    const part = own[next.current % own.length];
    next.current++;
    if (part === undefined) return;
    const category = board
      .draft()
      .categories.find(
        ({ key, phrases }) => key === part.key || phrases.some((phrase) => phrase.key === part.key),
      );
    if (category === undefined) return;
    board.unfold(category.key);
    board.focusLater(category.key === part.key ? categoryFieldId(part.key) : phraseFieldId(part.key));
    board.announce(`${part.note.what}; ${part.note.hint}`);
  };
  return (
    <button type="button" class="plain" onClick={show}>
      {formatCount(own.length)} {own.length === 1 ? kind : `${kind}s`} on the board: show{" "}
      {own.length === 1 ? "it" : "one after the other"}
    </button>
  );
}
