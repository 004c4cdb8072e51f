import { answer, api } from "../api.ts";
import { useAnswer } from "../useAnswer.ts";

/** Links that save a run's results table and overview page; where the table that was classified is gone, without its columns. */
export function RunDownloads({ runId }: { readonly runId: number }) {
  const outputs = useAnswer(
    (signal) =>
      answer(api.runs[":run"].outputs.$get({ param: { run: String(runId) } }, { init: { signal } })),
    [runId],
  );
  const problem = outputs.value?.problem;
  const query = problem === undefined ? "" : "&columns=without";
  return (
    <span>
      Download the{" "}
      <a href={`/api/runs/${runId}/results?format=csv${query}`} download>
        table
      </a>{" "}
      or the{" "}
      <a href={`/api/runs/${runId}/overview`} download>
        overview page
      </a>
      .{problem !== undefined && <span dir="auto"> The table is without your own columns: {problem}.</span>}
    </span>
  );
}
