import type { Reliability } from "../../validation/evaluation.ts";
import { IntervalTrack, type TrackAxis } from "../IntervalTrack.tsx";
import { TrackScale } from "../TrackScale.tsx";
import { estimateText } from "./estimateText.ts";
import { useNumberFormat } from "./numberFormat.ts";

/** Alpha of every category against all others, as a plot and in numbers, with the share of agreeing pairs. */
export function CategoryAgreement({ perCategory }: { readonly perCategory: Reliability["perCategory"] }) {
  const { count, percent, score } = useNumberFormat();
  const least = Math.min(
    0,
    ...perCategory.flatMap(({ alpha }) => [alpha.value ?? 0, alpha.interval?.low ?? 0]),
  );
  // Alpha may be below 0, and seldom is.
  const from = Math.max(-1, Math.floor(least * 4) / 4);
  const axis: TrackAxis = { from, to: 1, ticks: [...(from < 0 ? [from] : []), 0, 0.667, 0.8, 1] };
  return (
    <table class="plot-table">
      <caption class="unseen">Agreement per category</caption>
      <thead>
        <tr>
          <th scope="col">Agreed</th>
          <td>
            <TrackScale
              axis={axis}
              formatTick={(tick) => (tick === 0.667 ? "" : tick === 0.8 ? ".8" : String(tick))}
            />
          </td>
          <th scope="col">α [95% interval]</th>
        </tr>
      </thead>
      {perCategory.map(({ name, units, agreement, alpha }) => (
        <tbody>
          <tr class="group-head">
            <th scope="rowgroup" colSpan={3}>
              <bdi>{name}</bdi>
              <small>used for {count(units)} images</small>
            </th>
          </tr>
          <tr>
            <td>{agreement === undefined ? "–" : percent(agreement)}</td>
            <td class="plot">
              <IntervalTrack axis={axis} marks={[{ ...alpha, shape: "circle" }]} />
            </td>
            <td class="value">
              {estimateText(alpha, score)}
              {alpha.value === undefined && <small dir="auto">{alpha.why}</small>}
            </td>
          </tr>
        </tbody>
      ))}
    </table>
  );
}
