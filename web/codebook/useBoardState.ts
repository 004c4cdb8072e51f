import { useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState } from "preact/hooks";
import type { Board } from "./boardContext.ts";
import { changedPart } from "./changedPart.ts";
import { movePhraseBefore } from "./editDraft.ts";
import type { KeyedDraft } from "./keyedDraft.ts";
import type { MenuSpec } from "./Menu.tsx";
import { categoryFieldId, phraseFieldId } from "./partIds.ts";
import { type DragState, followDrag } from "./phraseDrag.ts";
import { movePhraseHere } from "./phraseEdits.ts";
import type { useDraftEditor } from "./useDraftEditor.ts";
import { useFolding } from "./useFolding.ts";

/** Where the screen goes once an edit is drawn. */
interface Target {
  readonly id: string;
  readonly cursor: number | "all" | undefined;
  readonly takesFocus: boolean;
}

/** So long it says what happened last. */
const saidForMs = 10_000;

/** The board's own state: what is folded, said, dragged, and where the focus goes. */
export function useBoardState(editing: ReturnType<typeof useDraftEditor>) {
  const [said, setSaid] = useState("");
  useEffect(() => {
    if (said === "") return;
    const timer = setTimeout(() => setSaid(""), saidForMs);
    return () => clearTimeout(timer);
  }, [said]);
  const [menu, setMenu] = useState<MenuSpec>();
  const [drag, setDrag] = useState<DragState>();
  const [, draw] = useState(0);
  const folding = useFolding();
  const target = useRef<Target | undefined>(undefined);
  const { edit, leaveField, current, undoStep, redoStep } = editing;
  const board = useMemo<Board>(() => {
    const made: Board = {
      edit,
      leaveField,
      draft: () => current().history.present.draft,
      announce: setSaid,
      focusLater: (id, cursor) => {
        target.current = { id, cursor, takesFocus: true };
        draw((times) => times + 1);
      },
      showLater: (id) => {
        target.current = { id, cursor: undefined, takesFocus: false };
        draw((times) => times + 1);
      },
      openMenu: setMenu,
      beginDrag: (event, phrase) =>
        followDrag(event, phrase, setDrag, ({ categoryKey, beforeKey }) => {
          const dropped = findPhrase(made.draft(), phrase.key);
          if (dropped === undefined) return;
          movePhraseHere(made, dropped, (draft) =>
            movePhraseBefore(draft, phrase.key, categoryKey, beforeKey),
          );
        }),
      unfold: folding.unfold,
      toggle: folding.toggle,
    };
    return made;
  }, []);
  useLayoutEffect(() => {
    const wanted = target.current;
    if (wanted === undefined) return;
    const element = document.getElementById(wanted.id);
    if (element === null) return;
    target.current = undefined;
    if (wanted.takesFocus) element.focus();
    element.scrollIntoView({ block: "nearest" });
    if (!wanted.takesFocus) return;
    if (element instanceof HTMLTextAreaElement || element instanceof HTMLInputElement) {
      if (wanted.cursor === "all") element.select();
      else if (wanted.cursor !== undefined) element.setSelectionRange(wanted.cursor, wanted.cursor);
    }
  });
  const step = useCallback((take: () => string | undefined, verb: string, nothing: string) => {
    const before = board.draft();
    const label = take();
    if (label === undefined) {
      setSaid(nothing);
      return;
    }
    setSaid(`${verb}: ${label}.`);
    const part = changedPart(before, board.draft());
    if (part === undefined) return;
    folding.unfold(part.categoryKey);
    const id =
      part.phraseKey === undefined ? categoryFieldId(part.categoryKey) : phraseFieldId(part.phraseKey);
    // Who presses the button again and again stays on it.
    const isButton = document.activeElement?.closest(".toolbar") ?? null;
    if (isButton === null) board.focusLater(id);
    else board.showLater(id);
  }, []);
  return {
    board,
    said,
    menu,
    closeMenu: useCallback(() => setMenu(undefined), []),
    drag,
    folding,
    undo: useCallback(() => step(undoStep, "Undone", "There is nothing to undo."), []),
    redo: useCallback(() => step(redoStep, "Done again", "There is nothing to do again."), []),
  };
}

function findPhrase(draft: KeyedDraft, phraseKey: string) {
  return draft.categories.flatMap(({ phrases }) => phrases).find(({ key }) => key === phraseKey);
}
