import { useCallback, useEffect, useRef, useState } from "preact/hooks";
import { answer, api } from "../api.ts";
import { type BoardNumbers, boardNumbers } from "./boardNumbers.ts";
import type { DraftState } from "./draftHistory.ts";
import { bareDraft } from "./keyedDraft.ts";

/** While somebody types, the server is asked when no key was pressed for so long. */
const typingPauseMs = 150;

/** What a draft does to a run's images, as far as it is known. */
export interface ReportState {
  /** Of the newest draft that was answered; the board may be ahead of it. */
  readonly numbers: BoardNumbers | undefined;
  /** True while a newer draft is asked for. */
  readonly isWaiting: boolean;
  readonly error: Error | undefined;
}

const nothing: ReportState = { numbers: undefined, isWaiting: false, error: undefined };

/**
 * Asks the server for a draft's report at every edit: at once, or when typing pauses; an older question is given up.
 * @returns the state, and a function that asks again, for a draft that the server has forgotten
 */
export function useDraftReport(
  runId: number | undefined,
  { baseText, draft }: DraftState,
  isTyping: boolean,
): { readonly state: ReportState; readonly askAgain: () => void } {
  const [state, setState] = useState(nothing);
  const [times, setTimes] = useState(0);
  const answered = useRef<string | undefined>(undefined);
  const askAgain = useCallback(() => setTimes((before) => before + 1), []);
  useEffect(() => {
    const bare = bareDraft(draft);
    // A phrase that is still blank changes nothing.
    const question = JSON.stringify([times, runId, baseText, bare]);
    if (question === answered.current) {
      setState((before) => (before.isWaiting ? { ...before, isWaiting: false } : before));
      return;
    }
    const abort = new AbortController();
    setState((before) => (before.isWaiting ? before : { ...before, isWaiting: true }));
    const ask = () =>
      answer(
        api.drafts.$post(
          { json: { ...(runId !== undefined && { runId }), baseText, draft: bare.draft } },
          { init: { signal: abort.signal } },
        ),
      ).then(
        (report) => {
          if (abort.signal.aborted) return;
          answered.current = question;
          setState((before) => ({
            numbers: boardNumbers(report, bare, before.numbers),
            isWaiting: false,
            error: undefined,
          }));
        },
        (error: unknown) => {
          if (abort.signal.aborted) return;
          if (!(error instanceof Error)) throw error;
          answered.current = undefined;
          setState({ numbers: undefined, isWaiting: false, error });
        },
      );
    const timer = setTimeout(() => void ask(), isTyping ? typingPauseMs : 0);
    return () => {
      clearTimeout(timer);
      abort.abort();
    };
  }, [runId, baseText, draft, times]);
  return { state, askAgain };
}
