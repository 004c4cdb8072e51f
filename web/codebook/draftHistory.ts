import type { KeyedDraft } from "./keyedDraft.ts";

/** A draft and the text that it began with, to which its parts' `source` refer. */
export interface DraftState {
  readonly baseText: string;
  readonly draft: KeyedDraft;
}

/** The state before or after an edit, and the edit in words: `delete phrase "a dog"`. */
export interface HistoryStep {
  readonly state: DraftState;
  readonly label: string;
}

/** What was, is, and was undone. */
export interface DraftHistory {
  /** The oldest first; `label` is the edit that led on from the state. */
  readonly past: readonly HistoryStep[];
  readonly present: DraftState;
  /** The next to redo last. */
  readonly future: readonly HistoryStep[];
  /** The field that the last edit was typed into: more typing there is the same step. */
  readonly typing: string | undefined;
}

/** Steps that can be undone at most; a state shares all parts that an edit left alone, so that each is small. */
const mostSteps = 1000;

/** A history in which nothing was edited yet. */
export function beginHistory(present: DraftState): DraftHistory {
  return { past: [], present, future: [], typing: undefined };
}

/**
 * The history after an edit; an edit that changed nothing is none.
 * @param typing the field that it was typed into; undefined for anything but typing
 */
export function recordEdit(
  history: DraftHistory,
  state: DraftState,
  label: string,
  typing?: string,
): DraftHistory {
  const { past, present } = history;
  if (state.draft === present.draft && state.baseText === present.baseText) return history;
  if (typing !== undefined && typing === history.typing) return { ...history, present: state, future: [] };
  return {
    past: [...past.slice(1 - mostSteps), { state: present, label }],
    present: state,
    future: [],
    typing,
  };
}

/** Ends the step of a field that is left: typing there again is another step. */
export function endTyping(history: DraftHistory): DraftHistory {
  return history.typing === undefined ? history : { ...history, typing: undefined };
}

/** One step back; the history itself where there is none. */
export function undo(history: DraftHistory): DraftHistory {
  const step = history.past.at(-1);
  if (step === undefined) return history;
  return {
    past: history.past.slice(0, -1),
    present: step.state,
    future: [...history.future, { state: history.present, label: step.label }],
    typing: undefined,
  };
}

/** The step that was undone last once more; the history itself where there is none. */
export function redo(history: DraftHistory): DraftHistory {
  const step = history.future.at(-1);
  if (step === undefined) return history;
  return {
    past: [...history.past, { state: history.present, label: step.label }],
    present: step.state,
    future: history.future.slice(0, -1),
    typing: undefined,
  };
}
