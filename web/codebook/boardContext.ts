import { createContext } from "preact";
import { useContext } from "preact/hooks";
import type { KeyedDraft } from "./keyedDraft.ts";
import type { MenuSpec } from "./Menu.tsx";
import type { DraggedPhrase } from "./phraseDrag.ts";

/** What every part of the board can do. The object stays the same one, so that nothing is drawn anew because of it. */
export interface Board {
  /**
   * Edits the draft.
   * @param label the edit in words, as undo names it: `delete phrase "a dog"`
   * @param typing the field that it was typed into: what is typed there is one step
   */
  edit(label: string, change: (draft: KeyedDraft) => KeyedDraft, typing?: string): void;
  /** Ends the step of the field that was typed into. */
  leaveField(): void;
  /** The draft as it is now. */
  draft(): KeyedDraft;
  /** Says what happened, on the screen and to screen readers. */
  announce(sentence: string): void;
  /** Moves the focus to an element once the edit is drawn, and the cursor in it to a place. */
  focusLater(elementId: string, cursor?: number | "all"): void;
  /** Scrolls to an element once the edit is drawn; the focus stays where it is. */
  showLater(elementId: string): void;
  openMenu(menu: MenuSpec): void;
  beginDrag(event: PointerEvent, phrase: DraggedPhrase): void;
  /** Opens a category that is folded. */
  unfold(categoryKey: string): void;
  /** Folds an open category, and opens a folded one. */
  toggle(categoryKey: string): void;
}

const context = createContext<Board | undefined>(undefined);

/** Gives the parts below it the board. */
export const BoardProvider = context.Provider;

/** The board that a part stands on. @throws RangeError for a part that stands on none */
export function useBoard(): Board {
  const board = useContext(context);
  if (board === undefined) throw new RangeError("this part stands on no board");
  return board;
}
