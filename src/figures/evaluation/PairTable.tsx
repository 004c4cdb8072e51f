import type { Reliability } from "../../validation/evaluation.ts";
import { IntervalTrack } from "../IntervalTrack.tsx";
import { TrackLegend } from "../TrackLegend.tsx";
import { estimateText } from "./estimateText.ts";
import { useNumberFormat } from "./numberFormat.ts";

/** Cohen's kappa of every two coders, and of each coder with the model. */
export function PairTable({ pairs }: { readonly pairs: Reliability["pairs"] }) {
  const { count, score } = useNumberFormat();
  if (pairs.length === 0) return <p class="empty">There are no two coders to compare.</p>;
  const least = Math.min(...pairs.flatMap(({ kappa }) => [kappa.value ?? 0, kappa.interval?.low ?? 0]), 0);
  // Kappa may be below 0, and seldom is.
  const from = Math.max(-1, Math.floor(least * 4) / 4);
  const axis = { from, to: 1, ticks: [...(from < 0 ? [from] : []), 0, 0.25, 0.5, 0.75, 1] };
  const sorted = pairs.toSorted((a, b) => Number(a.isModel) - Number(b.isModel));
  return (
    <>
      <TrackLegend
        entries={[
          { shape: "circle", label: "two coders" },
          { shape: "ring", label: "a coder and the model" },
        ]}
      />
      <table class="plot-table">
        <caption class="unseen">Cohen’s kappa of every two</caption>
        <thead>
          <tr>
            <th scope="col">Who</th>
            <td />
            <th scope="col">κ [95% interval]</th>
          </tr>
        </thead>
        <tbody>
          {sorted.map(({ a, b, isModel, units, kappa }) => (
            <tr>
              <th scope="row">
                <bdi>{a}</bdi>, <bdi>{b}</bdi>
                <small>{count(units)} images</small>
              </th>
              <td class="plot">
                <IntervalTrack axis={axis} marks={[{ ...kappa, shape: isModel ? "ring" : "circle" }]} />
              </td>
              <td class="value">
                {estimateText(kappa, score)}
                {kappa.value === undefined && <small dir="auto">{kappa.why}</small>}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}
