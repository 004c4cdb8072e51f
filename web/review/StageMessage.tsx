import { useEffect, useRef } from "preact/hooks";
import { ApiError } from "../api.ts";
import type { Review } from "./useReview.ts";
import { verdictWord } from "./verdictWord.ts";

/** What has to be known about the verdict before: not saved yet, or given in another tab already. It lies over the picture's edge. */
export function StageMessage({ review }: { readonly review: Review }) {
  const { unsaved, elsewhere } = review;
  const again = useRef<HTMLButtonElement>(null);
  // Enter tries again, whatever had the focus.
  useEffect(() => again.current?.focus(), [unsaved]);
  if (unsaved !== undefined) {
    const { choice, error } = unsaved;
    const hint = error instanceof ApiError ? error.body.hint : undefined;
    const what = choice.verdict === "withdrawn" ? "Taking it back" : `“${verdictWord(choice)}”`;
    return (
      <div class="stage-message" role="alert">
        <p>
          <b>{what} is not saved yet:</b> <span dir="auto">{error.message}</span>
        </p>
        {hint !== undefined && <p dir="auto">{hint}</p>}
        <p class="actions">
          <button ref={again} type="button" class="primary" onClick={review.retry}>
            Try again <kbd>Enter</kbd>
          </button>
          <button type="button" onClick={review.discard}>
            Choose anew <kbd>Esc</kbd>
          </button>
        </p>
      </div>
    );
  }
  if (elsewhere === undefined) return null;
  return (
    <div class="stage-message" role="status">
      <p>
        You had judged the picture before this one in another tab:{" "}
        <b dir="auto">{verdictWord(elsewhere.own)}</b>. That stands, and this is the next one.
      </p>
      {elsewhere.note !== "" && (
        <p>
          Your note is not saved with it, and kept for when you undo to it: “<bdi>{elsewhere.note}</bdi>”
        </p>
      )}
    </div>
  );
}
