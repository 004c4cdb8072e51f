import { useCallback, useRef, useState } from "preact/hooks";
import { ApiError, answer, api } from "../api.ts";
import type { SaveConflict } from "./codebookAnswers.ts";
import { isUnsaved, savedOf } from "./draftEditor.ts";
import { bareDraft } from "./keyedDraft.ts";
import type { useDraftEditor } from "./useDraftEditor.ts";

/** What saving is at. */
export type SavingState =
  | { readonly state: "idle" | "saving" | "saved" }
  | { readonly state: "failed"; readonly error: Error }
  /** The file on the disk is another one than the board knows. */
  | { readonly state: "conflict"; readonly conflict: SaveConflict };

/** Saves the board's draft in the codebook's file. */
export function useSaving({ current, update }: ReturnType<typeof useDraftEditor>) {
  const [saving, setSaving] = useState<SavingState>({ state: "idle" });
  const underWay = useRef<Promise<boolean> | undefined>(undefined);
  const write = async (overwrite: { readonly sha256: string | null } | undefined): Promise<boolean> => {
    setSaving({ state: "saving" });
    const { history, saved } = current();
    const sent = history.present;
    try {
      const written = await answer(
        api.codebook.$put({
          json: {
            baseSha256: (overwrite ?? saved).sha256,
            baseText: sent.baseText,
            draft: bareDraft(sent.draft).draft,
          },
        }),
      );
      update((editor) => savedOf(editor, sent, written));
      setSaving({ state: "saved" });
      return true;
    } catch (error) {
      if (!(error instanceof Error)) throw error;
      const conflict = maybeConflict(error);
      setSaving(conflict === undefined ? { state: "failed", error } : { state: "conflict", conflict });
      return false;
    }
  };
  /**
   * @param overwrite the file that may be overwritten, where it is not the one that the board knows
   * @returns whether the file has the draft now
   */
  const save = useCallback(async (overwrite?: { readonly sha256: string | null }): Promise<boolean> => {
    if (underWay.current !== undefined) {
      const isDone = await underWay.current;
      // What was edited since that one went out is saved after it.
      return isDone && isUnsaved(current()) ? save() : isDone;
    }
    underWay.current = write(overwrite);
    try {
      return await underWay.current;
    } finally {
      underWay.current = undefined;
    }
  }, []);
  const dismiss = useCallback(() => setSaving({ state: "idle" }), []);
  return { saving, save, dismiss };
}

function maybeConflict(error: Error): SaveConflict | undefined {
  if (!(error instanceof ApiError) || error.status !== 409 || !("onDisk" in error.body)) return undefined;
  return error.body as unknown as SaveConflict;
}
