import type { Baseline, Estimate, Evaluation } from "../../validation/evaluation.ts";
import { ForestPlot } from "../ForestPlot.tsx";
import { TrackLegend } from "../TrackLegend.tsx";
import { estimateText } from "./estimateText.ts";
import { useNumberFormat } from "./numberFormat.ts";

/** How often the predictions are right: overall beside baselines, and per category. */
export function AccuracySection({ evaluation }: { readonly evaluation: Evaluation }) {
  const { quality, categories, baselines } = evaluation;
  const { count } = useNumberFormat();
  return (
    <section id="accuracy" aria-labelledby="accuracy-heading">
      <h2 id="accuracy-heading">How often is the model right?</h2>
      <p class="lead">
        Accuracy is the share of all images whose predicted category is the true one; macro-F1 gives every
        category the same weight, however rare it is. A score says little without what somebody who knows
        nothing would reach: that stands beside it.
      </p>
      <ScoreTable quality={quality} categories={categories.length} baselines={baselines} />
      {baselines.map(({ name, explanation }) => (
        <p class="note">
          <b>{name}</b>: {explanation}.
        </p>
      ))}
      <h3>Per category</h3>
      <p class="lead">
        Precision: of the images predicted to be of the category, the share that is. Recall: of the images
        that are of it, the share that was found. F1 is their harmonic mean. Long lines mean that few images
        were coded; {count(quality.units)} were in all.
      </p>
      <TrackLegend
        entries={[
          { shape: "circle", label: "precision" },
          { shape: "square", label: "recall" },
          { shape: "diamond", label: "F1" },
        ]}
      />
      <ForestPlot categories={categories} perCategory={quality.perCategory} />
    </section>
  );
}

function ScoreTable({
  quality,
  categories,
  baselines,
}: {
  readonly quality: Evaluation["quality"];
  readonly categories: number;
  readonly baselines: readonly Baseline[];
}) {
  const rows: readonly {
    readonly name: string;
    readonly estimate: Estimate;
    readonly baseline?: "accuracy" | "macroF1";
  }[] = [
    { name: "Accuracy", estimate: quality.accuracy, baseline: "accuracy" },
    {
      name: `Macro-F1, ${quality.macroCategories} of ${categories} categories`,
      estimate: quality.macroF1,
      baseline: "macroF1",
    },
    { name: "Balanced accuracy", estimate: quality.balancedAccuracy },
    { name: "Cohen’s kappa", estimate: quality.kappa },
    { name: "Matthews correlation", estimate: quality.matthews },
    ...quality.topK.map(({ k, estimate }) => ({ name: `True category among the ${k} best`, estimate })),
  ];
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls sideways has to be reached by keyboard
    <section class="scroll" aria-label="Scores" tabIndex={0}>
      <table class="scores">
        <caption class="unseen">Scores beside baselines</caption>
        <thead>
          <tr>
            <th scope="col">Score</th>
            <th scope="col">Estimate [95% interval]</th>
            {baselines.map(({ name }) => (
              <th scope="col">{name}</th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <ScoreRow {...row} baselines={baselines} />
          ))}
        </tbody>
      </table>
    </section>
  );
}

function ScoreRow(props: {
  readonly name: string;
  readonly estimate: Estimate;
  readonly baseline?: "accuracy" | "macroF1";
  readonly baselines: readonly Baseline[];
}) {
  const { name, estimate, baseline, baselines } = props;
  const { score } = useNumberFormat();
  return (
    <tr>
      <th scope="row">{name}</th>
      <td>
        {estimateText(estimate, score)}
        <small dir="auto">{estimate.why ?? estimate.method}</small>
      </td>
      {baselines.map((entry) => {
        const value = baseline && entry[baseline];
        return <td>{value === undefined ? "–" : score(value)}</td>;
      })}
    </tr>
  );
}
