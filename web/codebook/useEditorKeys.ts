import { useEffect, useRef } from "preact/hooks";

/** What the keys of the whole screen do. */
export interface EditorKeys {
  readonly undo: () => void;
  readonly redo: () => void;
  readonly save: () => void;
}

/** Ctrl or Cmd with Z, Shift+Z, Y and S. A field that is no part of the draft keeps the browser's own undo. */
export function useEditorKeys(keys: EditorKeys): void {
  const latest = useRef(keys);
  latest.current = keys;
  useEffect(() => {
    const listener = (event: KeyboardEvent) => {
      if (!(event.ctrlKey || event.metaKey) || event.altKey || event.isComposing) return;
      const key = event.key.toLowerCase();
      const act =
        key === "s" && !event.shiftKey ? latest.current.save : undoOrRedo(event, key, latest.current);
      if (act === undefined) return;
      event.preventDefault();
      act();
    };
    addEventListener("keydown", listener);
    return () => removeEventListener("keydown", listener);
  }, []);
}

function undoOrRedo(event: KeyboardEvent, key: string, { undo, redo }: EditorKeys): (() => void) | undefined {
  const field = event.target instanceof Element ? event.target.closest("input, textarea") : null;
  if (field !== null && field.closest(".sheet") === null) return undefined;
  if (key === "z") return event.shiftKey ? redo : undo;
  return key === "y" && !event.shiftKey ? redo : undefined;
}
