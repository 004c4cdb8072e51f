import type { SaveConflict } from "./codebookAnswers.ts";
import { ModalDialog } from "./ModalDialog.tsx";
import { TextDiff } from "./TextDiff.tsx";

/** The file was changed by somebody else: both texts, and what can be done. Nothing is lost by any choice. */
export function ConflictDialog({
  conflict: { onDisk, yours },
  onTakeTheirs,
  onOverwrite,
  onKeepEditing,
}: {
  readonly conflict: SaveConflict;
  readonly onTakeTheirs: () => void;
  readonly onOverwrite: () => void;
  readonly onKeepEditing: () => void;
}) {
  const isGone = onDisk.text === null;
  return (
    <ModalDialog heading="The file changed while you edited" onClose={onKeepEditing}>
      <p>
        {isGone
          ? "The codebook’s file is gone since this page read it. Nothing was written."
          : "Another program, or another tab, wrote the codebook’s file after this page read it. Nothing was overwritten."}
      </p>
      <TextDiff before={onDisk.text ?? ""} after={yours} beforeName="In the file now" afterName="Yours" />
      <ul class="choices">
        <li>
          <button type="button" onClick={onKeepEditing}>
            Keep editing
          </button>
          <span class="soft">The file stays as it is, your edits stay on the board.</span>
        </li>
        {!isGone && (
          <li>
            <button type="button" onClick={onTakeTheirs}>
              Take the file’s
            </button>
            <span class="soft">Puts the file’s text on the board; undo brings yours back.</span>
          </li>
        )}
        <li>
          <button type="button" onClick={onOverwrite}>
            {isGone ? "Write the file anew" : "Overwrite with mine"}
          </button>
          {!isGone && <span class="soft">The file’s text stays among the versions.</span>}
        </li>
      </ul>
    </ModalDialog>
  );
}
