import { EvaluationSections } from "../../src/figures/evaluation/EvaluationSections.tsx";
import { evaluationContents } from "../../src/figures/evaluation/evaluationContents.ts";
import type { NumberFormat } from "../../src/figures/evaluation/numberFormat.ts";
import type { Evaluation } from "../../src/validation/evaluation.ts";
import { changeQuery, useAddress } from "../address.ts";
import { answer, api } from "../api.ts";
import { formatCount, formatDay, formatPercent, formatScore } from "../format.ts";
import { CopyButton } from "../shell/CopyButton.tsx";
import { Failure } from "../shell/Failure.tsx";
import { useAnswer } from "../useAnswer.ts";
import { CellPanel } from "./CellPanel.tsx";
import { ResultsDownloads } from "./ResultsDownloads.tsx";
import type { SampleAnswer } from "./resultsAnswers.ts";
import { evaluationQuery, type ResultsChoice } from "./resultsChoice.ts";

const format: NumberFormat = {
  count: formatCount,
  percent: formatPercent,
  score: formatScore,
  day: formatDay,
};

/** The evaluation that the choice asks for, with the images behind the matrix. */
export function Results({
  sample,
  runId,
  choice,
}: {
  readonly sample: SampleAnswer;
  readonly runId: number;
  readonly choice: ResultsChoice;
}) {
  const { query } = useAddress();
  const asking = evaluationQuery(choice, runId);
  const asked = useAnswer(
    (signal) =>
      answer(
        api.samples[":sampleId"].evaluation.$get(
          { param: { sampleId: String(sample.id) }, query: asking },
          { init: { signal } },
        ),
      ),
    [sample.id, JSON.stringify(asking)],
  );
  if (asked.state === "failed") return <Failure error={asked.error} />;
  if (asked.value === undefined) {
    return (
      <p class="waiting" role="status">
        Computing …
      </p>
    );
  }
  // JSON leaves out what is undefined, which reads as undefined again.
  const evaluation = asked.value as unknown as Evaluation;
  const cell = maybeCell(query.get("cell"), evaluation.categories.length);
  const choose = (truth: number, predicted: number) =>
    changeQuery({ cell: `${truth + 1}-${predicted + 1}` }, { replace: true });
  return (
    <div aria-busy={asked.state === "waiting"}>
      <ResultsDownloads sample={sample} query={asking} />
      <nav aria-label="Contents" class="results-contents">
        <ul>
          {evaluationContents(evaluation).map(({ id, name }) => (
            <li key={id}>
              <a href={`#${id}`}>{name}</a>
            </li>
          ))}
        </ul>
      </nav>
      <EvaluationSections
        evaluation={evaluation}
        format={format}
        wrapCell={({ truth, predicted, content }) => (
          <button
            type="button"
            id={`cell-button-${truth + 1}-${predicted + 1}`}
            aria-pressed={cell?.truth === truth && cell.predicted === predicted}
            onClick={() => choose(truth, predicted)}
          >
            {content}
          </button>
        )}
        cellImages={
          cell !== undefined && (
            <CellPanel
              key={`${cell.truth} ${cell.predicted}`}
              evaluation={evaluation}
              truth={cell.truth}
              predicted={cell.predicted}
              close={() => {
                changeQuery({ cell: undefined }, { replace: true });
                document.getElementById(`cell-button-${cell.truth + 1}-${cell.predicted + 1}`)?.focus();
              }}
            />
          )
        }
        copyOf={(what, text) => <CopyButton what={what} text={text} />}
      />
    </div>
  );
}

function maybeCell(text: string | null, categories: number) {
  const [, truth, predicted] = /^(\d{1,4})-(\d{1,4})$/.exec(text ?? "") ?? [];
  if (truth === undefined || predicted === undefined) return undefined;
  const isThere = [truth, predicted].every((index) => Number(index) >= 1 && Number(index) <= categories);
  return isThere ? { truth: Number(truth) - 1, predicted: Number(predicted) - 1 } : undefined;
}
