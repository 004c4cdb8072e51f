import type { CategoryQuality, Estimate } from "../validation/evaluation.ts";
import { estimateText } from "./evaluation/estimateText.ts";
import { useNumberFormat } from "./evaluation/numberFormat.ts";
import { IntervalTrack, type MarkShape, type TrackAxis } from "./IntervalTrack.tsx";
import { TrackScale } from "./TrackScale.tsx";

const axis: TrackAxis = { from: 0, to: 1, ticks: [0, 0.25, 0.5, 0.75, 1] };
const tickTexts = new Map([
  [0, "0"],
  [0.5, "0.5"],
  [1, "1"],
]);

const measures: readonly {
  readonly key: "precision" | "recall" | "f1";
  readonly label: string;
  readonly shape: MarkShape;
}[] = [
  { key: "precision", label: "Precision", shape: "circle" },
  { key: "recall", label: "Recall", shape: "square" },
  { key: "f1", label: "F1", shape: "diamond" },
];

/** Precision, recall and F1 of every category with their 95% intervals: a table whose middle column is the plot. */
export function ForestPlot({
  categories,
  perCategory,
}: {
  readonly categories: readonly string[];
  readonly perCategory: readonly CategoryQuality[];
}) {
  const { count, score } = useNumberFormat();
  return (
    <table class="plot-table forest">
      <caption class="unseen">Precision, recall and F1 of every category, with 95% intervals</caption>
      <thead>
        <tr>
          <th scope="col">Measure</th>
          <td>
            <TrackScale axis={axis} formatTick={(tick) => tickTexts.get(tick) ?? ""} />
          </td>
          <th scope="col">Estimate [95% interval]</th>
        </tr>
      </thead>
      {perCategory.map((quality) => (
        <tbody>
          <tr class="group-head">
            <th scope="rowgroup" colSpan={3}>
              <bdi>{categories[quality.category]}</bdi>
              <small>
                {count(quality.trueCount)} truly of it, {count(quality.predictedCount)} predicted to be
              </small>
            </th>
          </tr>
          {measures.map(({ key, label, shape }) => (
            <tr>
              <th scope="row">{label}</th>
              <td class="plot">
                <IntervalTrack axis={axis} marks={[{ ...quality[key], shape }]} />
              </td>
              <td class="value">
                {estimateText(quality[key], score)}
                <Why {...quality[key]} />
              </td>
            </tr>
          ))}
        </tbody>
      ))}
    </table>
  );
}

function Why({ why }: Estimate) {
  return why !== undefined ? <small dir="auto">{why}</small> : null;
}
