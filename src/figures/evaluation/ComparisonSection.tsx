import type { ComparedMetric, EvaluatedRun, Evaluation, RunComparison } from "../../validation/evaluation.ts";
import { comparisonTest } from "./comparisonTest.ts";
import { useNumberFormat } from "./numberFormat.ts";
import { pText } from "./pText.ts";
import { useSignedEstimate } from "./useSignedEstimate.ts";

/** Two runs on the same images; nothing where no other run was asked for. */
export function ComparisonSection({ evaluation: { comparison, run } }: { readonly evaluation: Evaluation }) {
  const { count } = useNumberFormat();
  if (comparison === undefined) return null;
  const { secondRun, units } = comparison;
  return (
    <section id="comparison" aria-labelledby="comparison-heading">
      <h2 id="comparison-heading">Is the other codebook better?</h2>
      <p class="lead">
        Run {secondRun.id} ({runText(secondRun)}) is compared with run {run.id} ({runText(run)}) on the{" "}
        {count(units)} images that have a true category and a prediction of both. Because the images are the
        same, the difference is surer than the two scores by themselves. Both are weighted by how the images
        were drawn and by nothing else, so that they compare; elsewhere in this report the weights also follow
        the run’s own predictions, and its accuracy can differ a little.
      </p>
      <p class="headline">{verdict(comparison)}</p>
      <MetricTable comparison={comparison} />
      <TestLine comparison={comparison} />
      <h3>Which images that are</h3>
      <CountTable comparison={comparison} />
    </section>
  );
}

function runText({ model, scoring, phraseCount, digest }: EvaluatedRun): string {
  return `${model}, ${phraseCount} phrases, scoring ${scoring}, digest ${digest.slice(0, 12)}`;
}

function verdict({ firstRunId, secondRun, accuracy: { difference } }: RunComparison): string {
  const { value, interval } = difference;
  if (value === undefined || interval === undefined)
    return `Which of the two is right more often cannot be said: ${difference.why ?? "too few images"}.`;
  if (interval.low > 0) return `Run ${secondRun.id} is right more often than run ${firstRunId}.`;
  if (interval.high < 0) return `Run ${secondRun.id} is right less often than run ${firstRunId}.`;
  return `No difference in accuracy was found between run ${firstRunId} and run ${secondRun.id}, which does not mean that there is none.`;
}

function MetricTable({ comparison }: { readonly comparison: RunComparison }) {
  const { firstRunId, secondRun, accuracy, macroF1 } = comparison;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls sideways has to be reached by keyboard
    <section class="scroll" aria-label="Scores of both runs" tabIndex={0}>
      <table class="scores">
        <caption class="unseen">Scores of both runs</caption>
        <thead>
          <tr>
            <th scope="col">Score</th>
            <th scope="col">Run {firstRunId}</th>
            <th scope="col">Run {secondRun.id}</th>
            <th scope="col">Difference [95% interval]</th>
          </tr>
        </thead>
        <tbody>
          <MetricRow name="Accuracy" metric={accuracy} />
          <MetricRow name="Macro-F1" metric={macroF1} />
        </tbody>
      </table>
    </section>
  );
}

function MetricRow({ name, metric }: { readonly name: string; readonly metric: ComparedMetric }) {
  const { score } = useNumberFormat();
  const signedEstimate = useSignedEstimate();
  const { first, second, difference } = metric;
  return (
    <tr>
      <th scope="row">{name}</th>
      <td>{first === undefined ? "–" : score(first)}</td>
      <td>{second === undefined ? "–" : score(second)}</td>
      <td>
        {signedEstimate(difference)}
        <small dir="auto">{difference.interval === undefined ? difference.why : difference.method}</small>
      </td>
    </tr>
  );
}

const testNames = {
  mcnemar: "McNemar’s exact test, two-sided",
  weighted: "test of the weighted difference in accuracy, two-sided",
} as const;

function TestLine({ comparison }: { readonly comparison: RunComparison }) {
  const { p, kind } = comparisonTest(comparison);
  return (
    <p class="note">
      {p === undefined
        ? "Whether they are equally often right could not be tested: they are right and wrong on the same images."
        : `Against the assumption that both are equally often right: p ${pText(p)} (${testNames[kind]}).`}
      {kind === "weighted" &&
        " McNemar’s test is not used: it is for simple random samples, and this is none."}
    </p>
  );
}

function CountTable({ comparison }: { readonly comparison: RunComparison }) {
  const { firstRunId, secondRun, bothRight, onlyFirst, onlySecond, bothWrong } = comparison;
  const { count } = useNumberFormat();
  return (
    <table class="counts">
      <caption class="unseen">Images by which run is right, as counted</caption>
      <thead>
        <tr>
          <td />
          <th scope="col">Run {secondRun.id} right</th>
          <th scope="col">Run {secondRun.id} wrong</th>
        </tr>
      </thead>
      <tbody>
        <tr>
          <th scope="row">Run {firstRunId} right</th>
          <td>{count(bothRight)}</td>
          <td>{count(onlyFirst)}</td>
        </tr>
        <tr>
          <th scope="row">Run {firstRunId} wrong</th>
          <td>{count(onlySecond)}</td>
          <td>{count(bothWrong)}</td>
        </tr>
      </tbody>
    </table>
  );
}
