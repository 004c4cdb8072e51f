import { useEffect, useRef } from "preact/hooks";
import type { OwnVerdict } from "../../src/server/reviewRoutes.ts";
import { ApiError } from "../api.ts";
import type { Review } from "./useReview.ts";
import { verdictWord } from "./verdictWord.ts";

/** What has to be known about the verdict before: not saved yet, or given in another tab already. It lies over the picture's edge. */
export function StageMessage({
  review,
  wasUndo,
}: {
  readonly review: Review;
  /** What was written last took a verdict back. */
  readonly wasUndo: boolean;
}) {
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
        <Elsewhere own={elsewhere.own} wasUndo={wasUndo} />
      </p>
      {elsewhere.note !== "" && (
        <p>
          Your note is not saved with it, and kept for when you undo to it: “<bdi>{elsewhere.note}</bdi>”
        </p>
      )}
    </div>
  );
}

/** What happened in the other tab, and what that makes of what was pressed here. */
function Elsewhere({ own, wasUndo }: { readonly own: OwnVerdict; readonly wasUndo: boolean }) {
  if (own.verdict === "withdrawn") {
    return wasUndo
      ? "You had taken this verdict back in another tab already: the picture is open again, and no other verdict was taken back."
      : "You had taken back what you said of this picture in another tab. Your verdict is not saved: the picture is open again.";
  }
  const word = <b dir="auto">{verdictWord(own)}</b>;
  return wasUndo ? (
    <>You had judged that picture anew in another tab: {word}. That stands, and nothing was taken back.</>
  ) : (
    <>
      You had judged the picture before this one in another tab: {word}. That stands, and this is the next
      one.
    </>
  );
}
