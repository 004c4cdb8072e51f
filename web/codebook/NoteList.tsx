import type { BoardNote } from "./boardNumbers.ts";

/** Mistakes and warnings at the part that they are about. */
export function NoteList({ notes }: { readonly notes: readonly BoardNote[] }) {
  if (notes.length === 0) return null;
  return (
    <ul class="notes">
      {notes.map((note) => (
        <li key={`${note.code} ${note.what}`} class={note.kind}>
          <strong>{note.kind === "mistake" ? "Mistake" : "Warning"}:</strong>{" "}
          <span dir="auto">
            {note.what}; {note.hint}
          </span>
        </li>
      ))}
    </ul>
  );
}
