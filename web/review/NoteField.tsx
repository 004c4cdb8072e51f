import type { Ref } from "preact";
import { longestNote } from "../../src/validation/codingLimits.ts";

/** A note on the picture; it is saved with the verdict. Enter and Escape lead back to the keys, and nothing that was typed is lost. */
export function NoteField({
  field,
  note,
  onNote,
}: {
  readonly field: Ref<HTMLTextAreaElement>;
  readonly note: string;
  readonly onNote: (note: string) => void;
}) {
  return (
    <label class="note-field">
      <span class="unseen">Note</span>
      <textarea
        ref={field}
        rows={1}
        maxLength={longestNote}
        dir="auto"
        value={note}
        placeholder="Note (N)"
        onInput={(event) => onNote(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.isComposing || event.shiftKey || (event.key !== "Enter" && event.key !== "Escape"))
            return;
          event.preventDefault();
          event.currentTarget.blur();
        }}
      />
    </label>
  );
}
