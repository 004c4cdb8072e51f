import { useCallback, useEffect, useMemo, useRef, useState } from "preact/hooks";
import { browserStores } from "../shell/browserStores.ts";
import {
  type BaseCodebook,
  type DraftEditor,
  editDraftOf,
  isUnsaved,
  leaveFieldOf,
  openEditor,
  redoOf,
  undoOf,
} from "./draftEditor.ts";
import { bareDraft, type KeyedDraft } from "./keyedDraft.ts";
import { type DraftKeeper, openDraftKeeper } from "./unsavedDraft.ts";

/** Unsaved edits are kept in the browser when nothing was typed for so long. */
const keepAfterMs = 300;

/** The editing of a codebook in this tab. Its functions stay the same ones. */
export function useDraftEditor(folder: string, loaded: BaseCodebook) {
  const [keeper] = useState(() =>
    openDraftKeeper(browserStores(), folder, { page: pageName(), now: () => Date.now() }),
  );
  const [editor, setEditor] = useState(() => openEditor(loaded, keeper.found));
  const latest = useRef(editor);
  latest.current = editor;
  const update = useCallback((change: (editor: DraftEditor) => DraftEditor) => {
    // At once, so that two edits in one event see each other.
    latest.current = change(latest.current);
    setEditor(latest.current);
  }, []);
  const unsaved = useMemo(() => isUnsaved(editor), [editor]);
  const kept = useKeptDraft(keeper, editor, unsaved);
  const edit = useCallback(
    (label: string, change: (draft: KeyedDraft) => KeyedDraft, typing?: string) =>
      update((before) => editDraftOf(before, label, change, typing)),
    [],
  );
  const leaveField = useCallback(() => update(leaveFieldOf), []);
  const undoStep = useCallback(() => {
    const label = latest.current.history.past.at(-1)?.label;
    update(undoOf);
    return label;
  }, []);
  const redoStep = useCallback(() => {
    const label = latest.current.history.future.at(-1)?.label;
    update(redoOf);
    return label;
  }, []);
  const current = useCallback(() => latest.current, []);
  return { editor, unsaved, kept, update, edit, leaveField, undoStep, redoStep, current };
}

/** Keeps unsaved edits in the browser, and has it ask before the page is left with them. @returns whether it can keep them */
function useKeptDraft(keeper: DraftKeeper, editor: DraftEditor, unsaved: boolean): boolean {
  const [kept, setKept] = useState(true);
  const { present } = editor.history;
  const { sha256 } = editor.saved;
  const keep = useRef<(() => void) | undefined>(undefined);
  useEffect(() => {
    keep.current = () => {
      keep.current = undefined;
      const { baseText, draft } = present;
      setKept(
        keeper.keep(unsaved ? { baseSha256: sha256, baseText, draft: bareDraft(draft).draft } : undefined),
      );
    };
    const timer = setTimeout(() => keep.current?.(), keepAfterMs);
    return () => clearTimeout(timer);
  }, [keeper, present, sha256, unsaved]);
  useEffect(() => {
    const keepNow = () => keep.current?.();
    addEventListener("pagehide", keepNow);
    return () => {
      removeEventListener("pagehide", keepNow);
      // To another screen of the app.
      keepNow();
    };
  }, []);
  useEffect(() => {
    const look = ({ key, newValue }: StorageEvent) => {
      if (key === keeper.place && newValue === null) keeper.keepAgain();
    };
    addEventListener("storage", look);
    return () => removeEventListener("storage", look);
  }, [keeper]);
  useEffect(() => {
    if (!unsaved) return;
    const ask = (event: BeforeUnloadEvent) => event.preventDefault();
    addEventListener("beforeunload", ask);
    return () => removeEventListener("beforeunload", ask);
  }, [unsaved]);
  return kept;
}

/** A name that no other page has. */
function pageName(): string {
  // `crypto.randomUUID` is for secure addresses only.
  return [...crypto.getRandomValues(new Uint32Array(4))].join("-");
}
