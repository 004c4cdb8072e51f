import { useEffect, useRef } from "preact/hooks";
import { defaultQueue, mostPictures } from "../../src/review/queueSpec.ts";
import { changeQuery, hrefOf, useAddress } from "../address.ts";
import { formatCount } from "../format.ts";
import { Link } from "../shell/Link.tsx";
import { LiveResult } from "./LiveResult.tsx";
import type { ReviewOf } from "./reviewOf.ts";
import { lastId, maybeLastJudged, skippedMembers } from "./reviewState.ts";
import { StageMessage } from "./StageMessage.tsx";
import { useKeys } from "./useKeys.ts";
import type { Review } from "./useReview.ts";
import { WrongGallery } from "./WrongGallery.tsx";

/** The end of a queue: what it came to, the wrong ones, and how to go on. */
export function DoneState({
  review,
  wasUndo,
  of,
  onHelp,
}: {
  readonly review: Review;
  /** What was written last took a verdict back. */
  readonly wasUndo: boolean;
  readonly of: ReviewOf;
  readonly onHelp: () => void;
}) {
  const { query } = useAddress();
  const { members } = review;
  const skipped = skippedMembers(members).length;
  const { kind, n, category } = of.queue;
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  const takeSkipped = () => changeQuery({ pass: lastId(members) });
  const canUndo = maybeLastJudged(members) !== undefined;
  useKeys((key) => {
    if (key === "?") onHelp();
    else if (review.unsaved !== undefined && key === "enter") review.retry();
    else if (review.unsaved !== undefined && key === "escape") review.discard();
    else if ((key === "z" || key === "backspace") && canUndo) review.undo();
    else if (key === "s" && skipped > 0) takeSkipped();
    else return false;
    return true;
  });
  const categories = review.queue?.categories.length ?? 0;
  // As long as some category has given all that was asked for, there are perhaps more.
  const perCategory = Array.from(
    { length: categories },
    (_, index) => members.filter((member) => member.category === index).length,
  );
  const mayHaveMore = kind === "uncertain" ? members.length === n : perCategory.some((count) => count === n);
  const more = Math.min(mostPictures, n + (kind === "uncertain" ? 2 * defaultQueue.n : defaultQueue.n));
  if (members.length === 0) {
    return (
      <div class="done">
        <h2 ref={heading} tabIndex={-1}>
          There are no pictures in this queue
        </h2>
        <p>
          {kind === "uncertain"
            ? "Uncertain is a picture whose two best categories are close to each other; in this run there are no two to compare."
            : "The run sorted no picture here."}{" "}
          <Link href={hrefOf("/review", { kind: undefined, category: undefined }, query)}>Choose others</Link>
        </p>
      </div>
    );
  }
  return (
    <div class="done">
      <h2 ref={heading} tabIndex={-1}>
        {skipped > 0
          ? `Through, with ${formatCount(skipped)} skipped`
          : `Done: all ${formatCount(members.length)} are judged`}
      </h2>
      <div class="done-messages">
        <StageMessage review={review} wasUndo={wasUndo} />
      </div>
      <p class="actions">
        {skipped > 0 && (
          <button type="button" class="primary" onClick={takeSkipped}>
            {`${formatCount(skipped)} skipped: go back to ${skipped === 1 ? "it" : "them"}`} <kbd>S</kbd>
          </button>
        )}
        {mayHaveMore && more > n && (
          <button type="button" onClick={() => changeQuery({ n: more, pass: undefined })}>
            {kind === "uncertain"
              ? `${formatCount(more - n)} more`
              : category === undefined
                ? `${formatCount(more - n)} more of each category`
                : `${formatCount(more - n)} more`}
          </button>
        )}
        <button type="button" aria-disabled={!canUndo || undefined} onClick={review.undo}>
          Undo the last one <kbd>Z</kbd>
        </button>
      </p>
      <LiveResult of={of} saved={review.saved} isDone />
      <WrongGallery members={members} categories={review.queue?.categories ?? []} />
    </div>
  );
}
