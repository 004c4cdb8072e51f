import { evaluationTableNames } from "../../src/figures/evaluation/evaluationTableNames.ts";
import type { SampleAnswer } from "./resultsAnswers.ts";
import type { evaluationQuery } from "./resultsChoice.ts";

/** Links that save what is shown: as one page, as data, as tables. */
export function ResultsDownloads({
  sample,
  query,
}: {
  readonly sample: SampleAnswer;
  readonly query: ReturnType<typeof evaluationQuery>;
}) {
  const base = `/api/samples/${sample.id}/evaluation`;
  const search = new URLSearchParams(
    Object.entries(query).map(([name, value]) => [name, String(value)]),
  ).toString();
  return (
    <p class="downloads">
      Download the{" "}
      <a href={`${base}/page?${search}`} download="clipbook-evaluation.html">
        report as a page
      </a>
      , the{" "}
      <a href={`${base}?${search}`} download="clipbook-evaluation.json">
        data as JSON
      </a>
      , or as CSV{" "}
      {evaluationTableNames.map((name, index) => (
        <>
          {index > 0 && ", "}
          <a href={`${base}/tables/${name}?${search}`} download={`clipbook-evaluation-${name}.csv`}>
            {name}
          </a>
        </>
      ))}
      .{sample.isSealed && " Saving what is shown here is no further opening of the sealed sample."}
    </p>
  );
}
