import type { CodebookDraft } from "../../src/codebook/codebookDraft.ts";
import {
  beginHistory,
  type DraftHistory,
  type DraftState,
  endTyping,
  recordEdit,
  redo,
  undo,
} from "./draftHistory.ts";
import { isSameCodebook, type KeyedDraft, keyDraft } from "./keyedDraft.ts";
import type { UnsavedDraft } from "./unsavedDraft.ts";

/** A codebook's text on the disk, or the one that is offered where there is no file. */
export interface BaseCodebook {
  readonly text: string;
  /** null where there is no file. */
  readonly sha256: string | null;
  readonly draft: CodebookDraft;
}

/** The editing of a codebook: what is on the board, and what is in the file. */
export interface DraftEditor {
  readonly history: DraftHistory;
  /** The file as this page knows it: what may be overwritten, and what is no change. */
  readonly saved: { readonly sha256: string | null; readonly text: string; readonly draft: KeyedDraft };
  /** Unsaved edits of an earlier visit came back; `isOlder`: the file was changed since. */
  readonly restored: { readonly isOlder: boolean } | undefined;
}

/** Begins to edit a codebook, with the unsaved edits of an earlier visit if there are any. */
export function openEditor(base: BaseCodebook, unsaved: UnsavedDraft | undefined): DraftEditor {
  const draft = keyDraft(base.draft);
  const kept = unsaved && keyDraft(unsaved.draft);
  if (unsaved === undefined || kept === undefined || isSameCodebook(draft, kept)) {
    return {
      history: beginHistory({ baseText: base.text, draft }),
      saved: { sha256: base.sha256, text: base.text, draft },
      restored: undefined,
    };
  }
  // The earlier visit is one step, so that it can be undone as well as discarded.
  const offered = beginHistory({ baseText: base.text, draft });
  return {
    history: recordEdit(offered, { baseText: unsaved.baseText, draft: kept }, "the edits of your last visit"),
    saved: { sha256: unsaved.baseSha256, text: base.text, draft },
    restored: { isOlder: unsaved.baseSha256 !== base.sha256 },
  };
}

/** True when the board has what the file has not. */
export function isUnsaved({ history, saved }: DraftEditor): boolean {
  return !isSameCodebook(history.present.draft, saved.draft);
}

/** The editor after an edit; `typing` is the field that it was typed into. */
export function editDraftOf(
  editor: DraftEditor,
  label: string,
  change: (draft: KeyedDraft) => KeyedDraft,
  typing?: string,
): DraftEditor {
  const { present } = editor.history;
  return withHistory(
    editor,
    recordEdit(editor.history, { ...present, draft: change(present.draft) }, label, typing),
  );
}

/** The editor after a field was left: typing there again is another step. */
export function leaveFieldOf(editor: DraftEditor): DraftEditor {
  return withHistory(editor, endTyping(editor.history));
}

/** One step back. */
export function undoOf(editor: DraftEditor): DraftEditor {
  return withHistory(editor, undo(editor.history));
}

/** The undone step once more. */
export function redoOf(editor: DraftEditor): DraftEditor {
  return withHistory(editor, redo(editor.history));
}

/** Puts another text's draft on the board, as one step. */
export function replaceDraftOf(editor: DraftEditor, base: BaseCodebook, label: string): DraftEditor {
  const state = { baseText: base.text, draft: keyDraft(base.draft) };
  return withHistory(editor, recordEdit(editor.history, state, label));
}

/** Takes the file as it is on the disk now for the saved one. The board keeps its draft, unless it is to be replaced, too. */
export function rebaseOf(editor: DraftEditor, onDisk: BaseCodebook): DraftEditor {
  return { ...editor, saved: { sha256: onDisk.sha256, text: onDisk.text, draft: keyDraft(onDisk.draft) } };
}

/**
 * The editor after `sent` was saved. The board goes on from the text that it began with, so that a renamed category stays the
 * one that it was in the run.
 */
export function savedOf(
  editor: DraftEditor,
  sent: DraftState,
  written: Pick<BaseCodebook, "text"> & { readonly sha256: string },
): DraftEditor {
  const saved = { sha256: written.sha256, text: written.text, draft: sent.draft };
  return { ...editor, saved, restored: undefined };
}

/** Takes back all that is not in the file, as one step. */
export function discardOf(editor: DraftEditor, base: BaseCodebook): DraftEditor {
  const replaced = replaceDraftOf(editor, base, "discard unsaved changes");
  const { draft } = replaced.history.present;
  return {
    history: replaced.history,
    saved: { sha256: base.sha256, text: base.text, draft },
    restored: undefined,
  };
}

function withHistory(editor: DraftEditor, history: DraftHistory): DraftEditor {
  return history === editor.history ? editor : { ...editor, history };
}
