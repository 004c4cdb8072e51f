import { reviewSentence } from "../../src/review/reviewSentence.ts";
import { changeQuery, useAddress } from "../address.ts";
import { answer, api } from "../api.ts";
import { formatCount, formatWholePercent } from "../format.ts";
import { Failure } from "../shell/Failure.tsx";
import { useAnswer } from "../useAnswer.ts";
import { queueQuery } from "./queueAddress.ts";
import { ResultTable } from "./ResultTable.tsx";
import type { ReviewOf } from "./reviewOf.ts";

/** What the review comes to so far: in a sentence and by category, of this reviewer or of everybody. */
export function LiveResult({
  of: { runId, queue, reviewer },
  saved,
  isDone = false,
}: {
  readonly of: ReviewOf;
  /** Asked for again when it grows. */
  readonly saved: number;
  /** Before that it is folded where the screen is narrow. */
  readonly isDone?: boolean;
}) {
  const { query } = useAddress();
  const isEverybody = query.get("of") === "all";
  const asked = useAnswer(
    (signal) =>
      answer(
        api.runs[":run"].review.results.$get(
          {
            param: { run: String(runId) },
            query: { ...queueQuery(queue), ...(!isEverybody && { reviewer }) },
          },
          { init: { signal } },
        ),
      ),
    [runId, saved, isEverybody],
  );
  const summary = asked.value;
  return (
    <details class="result" open={isDone || matchMedia("(min-width: 48rem)").matches}>
      <summary>
        <h2>{isDone ? "Result" : "Result so far"}</h2>
      </summary>
      {asked.state === "failed" && <Failure error={asked.error} />}
      {summary !== undefined && (
        <>
          <p class="sentence">
            {reviewSentence(summary, { count: formatCount, percent: formatWholePercent })}
          </p>
          <ResultTable summary={summary} />
          <label class="everybody">
            <input
              type="checkbox"
              checked={isEverybody}
              onChange={(event) =>
                changeQuery({ of: event.currentTarget.checked ? "all" : undefined }, { replace: true })
              }
            />
            <span>Verdicts of everybody, the newest of each picture</span>
          </label>
          {summary.judgedByMany > 0 && (
            <p class="soft small">
              {formatCount(summary.judgedByMany)} judged by more than one person, who differ on{" "}
              {formatCount(summary.differing)}.
            </p>
          )}
        </>
      )}
    </details>
  );
}
