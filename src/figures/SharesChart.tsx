import type { ShareEstimate } from "../validation/evaluation.ts";
import { estimateText } from "./evaluation/estimateText.ts";
import { useNumberFormat } from "./evaluation/numberFormat.ts";
import { IntervalTrack } from "./IntervalTrack.tsx";
import { shareAxis } from "./shareAxis.ts";
import { TrackScale } from "./TrackScale.tsx";

/** Every category's share as predicted and as corrected, with its 95% interval: the plot and its numbers in one table. */
export function SharesChart({
  categories,
  shares,
}: {
  readonly categories: readonly string[];
  readonly shares: readonly ShareEstimate[];
}) {
  const { percent } = useNumberFormat();
  const largest = Math.max(
    0,
    ...shares.flatMap(({ raw, corrected }) => [raw, corrected.value ?? 0, corrected.interval?.high ?? 0]),
  );
  const { top, ticks } = shareAxis(Math.min(1, largest));
  const axis = { from: 0, to: top, ticks };
  return (
    <table class="plot-table shares">
      <caption class="unseen">
        Share of every category: as predicted, and corrected with its 95% interval
      </caption>
      <thead>
        <tr>
          <th scope="col">Predicted</th>
          <td>
            <TrackScale axis={axis} formatTick={(tick) => `${Math.round(tick * 100)}%`} />
          </td>
          <th scope="col">Corrected [95% interval]</th>
        </tr>
      </thead>
      {shares.map(({ category, raw, corrected }) => (
        <tbody>
          <tr class="group-head">
            <th scope="rowgroup" colSpan={3}>
              <bdi>{categories[category]}</bdi>
            </th>
          </tr>
          <tr>
            <td>{percent(raw)}</td>
            <td class="plot">
              <IntervalTrack
                axis={axis}
                marks={[
                  { ...corrected, shape: "circle" },
                  { value: raw, shape: "ring" },
                ]}
              />
            </td>
            <td class="value">
              {estimateText(corrected, percent)}
              {corrected.why !== undefined && <small dir="auto">{corrected.why}</small>}
            </td>
          </tr>
        </tbody>
      ))}
    </table>
  );
}
