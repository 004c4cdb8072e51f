import { hrefOf, useAddress } from "../address.ts";
import { answer, api } from "../api.ts";
import { formatCount, formatTime } from "../format.ts";
import { Failure } from "../shell/Failure.tsx";
import { Link } from "../shell/Link.tsx";
import { useAnswer } from "../useAnswer.ts";
import { queueChanges } from "./queueAddress.ts";

/** Who has reviewed in a run so far, each with a way to the queue that they were in last. */
export function EarlierReviews({ runId }: { readonly runId: number }) {
  const { query } = useAddress();
  const asked = useAnswer(
    (signal) =>
      answer(api.runs[":run"].review.reviewers.$get({ param: { run: String(runId) } }, { init: { signal } })),
    [runId],
  );
  if (asked.state === "failed") return <Failure error={asked.error} />;
  const reviewers = asked.value?.reviewers ?? [];
  if (reviewers.length === 0) return null;
  const run = query.get("run") ?? undefined;
  return (
    <section class="earlier" aria-labelledby="earlier-heading">
      <h2 id="earlier-heading">So far in this run</h2>
      <ul>
        {reviewers.map(({ reviewer, judged, skipped, lastAt, queue, queueText }) => (
          <li key={reviewer}>
            <b>
              <bdi>{reviewer}</bdi>
            </b>{" "}
            judged {formatCount(judged)}
            {skipped > 0 && `, skipped ${formatCount(skipped)}`}, last on {formatTime(lastAt)}:{" "}
            <Link href={hrefOf("/review", { ...queueChanges(queue), run })}>
              <bdi>{queueText}</bdi>
            </Link>
          </li>
        ))}
      </ul>
    </section>
  );
}
