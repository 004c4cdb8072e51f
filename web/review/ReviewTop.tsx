import { hrefOf, useAddress } from "../address.ts";
import { formatCount } from "../format.ts";
import { Link } from "../shell/Link.tsx";
import type { ReviewOf } from "./reviewOf.ts";
import { judgedCount, type Member, skippedMembers } from "./reviewState.ts";

/** How far the review is, whose it is, and the ways to another queue and to the keys. */
export function ReviewTop({
  of,
  members,
  onHelp,
}: {
  readonly of: ReviewOf;
  readonly members: readonly Member[];
  readonly onHelp: () => void;
}) {
  const { query } = useAddress();
  const skipped = skippedMembers(members).length;
  const done = judgedCount(members);
  const total = members.length;
  const text = `${formatCount(done)} of ${formatCount(total)}`;
  const settings = hrefOf("/review", { kind: undefined, pass: undefined, of: undefined }, query);
  return (
    <header class="review-top">
      <h1 id="review-heading" class="unseen">
        Review
      </h1>
      <progress value={done} max={Math.max(1, total)} aria-label="Judged pictures" />
      <p class="count">
        <b>{text}</b>
        {skipped > 0 && <span class="soft"> · {formatCount(skipped)} skipped</span>}
      </p>
      <p class="who">
        <span class="name">
          <bdi>{of.reviewer}</bdi> ·
        </span>{" "}
        <Link href={settings}>Change</Link>
        <button type="button" class="plain" onClick={onHelp} aria-label="Keys">
          Keys <kbd>?</kbd>
        </button>
      </p>
    </header>
  );
}
