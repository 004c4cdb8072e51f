import { formatCount } from "../format.ts";
import { judgedCount, maybeNewest } from "./reviewState.ts";
import type { Review } from "./useReview.ts";
import { verdictWord } from "./verdictWord.ts";

/** What a screen reader says when a picture comes: what was saved of the one before, how far the review is, what is predicted. */
export function SpokenStep({
  review: { members, saved, elsewhere },
  predicted,
}: {
  readonly review: Review;
  /** Name of the category. */
  readonly predicted: string | undefined;
}) {
  // A verdict of another tab is told of by the message over the picture.
  const newest = saved > 0 && elsewhere === undefined ? maybeNewest(members) : undefined;
  return (
    <p class="unseen spoken-step" role="status">
      {/* Drawn anew with every verdict: the same words are said again. */}
      <span key={saved}>
        {newest !== undefined && (
          <>
            {newest.verdict === "withdrawn" ? "Taken back" : "Saved"}
            {newest.verdict !== "withdrawn" && (
              <>
                : <bdi>{verdictWord(newest)}</bdi>
              </>
            )}
            . {formatCount(judgedCount(members))} of {formatCount(members.length)}.{" "}
          </>
        )}
        Predicted: <bdi>{predicted}</bdi>
      </span>
    </p>
  );
}
