import type { Evaluation, GroupedShares } from "../../validation/evaluation.ts";
import { IntervalTrack } from "../IntervalTrack.tsx";
import { SharesChart } from "../SharesChart.tsx";
import { TrackScale } from "../TrackScale.tsx";
import { estimateText } from "./estimateText.ts";
import { useNumberFormat } from "./numberFormat.ts";
import { pText } from "./pText.ts";

const axis = { from: 0, to: 1, ticks: [0, 0.25, 0.5, 0.75, 1] };

/** Errors and shares by columns of the user's table; nothing where none was asked for. */
export function GroupsSection({ evaluation: { groups, categories } }: { readonly evaluation: Evaluation }) {
  if (groups.length === 0) return null;
  return (
    <section id="groups" aria-labelledby="groups-heading">
      <h2 id="groups-heading">Are errors the same for all?</h2>
      <p class="lead">
        Where a model errs more on one group’s images, comparing groups by its predictions compares its
        errors. Corrected shares take that into account.
      </p>
      {groups.map((grouped) => (
        <GroupColumn grouped={grouped} categories={categories} />
      ))}
    </section>
  );
}

function GroupColumn({
  grouped,
  categories,
}: {
  readonly grouped: GroupedShares;
  readonly categories: readonly string[];
}) {
  const { column, note, groups, more, differenceP } = grouped;
  const { count, percent } = useNumberFormat();
  return (
    <>
      <h3>
        By <bdi>{column}</bdi>
      </h3>
      <p>
        {differenceP === undefined
          ? "Whether the groups differ could not be tested: too few coded images."
          : differenceP < 0.05
            ? `The groups differ in their share of errors (p ${pText(differenceP)}).`
            : `No difference between the groups’ shares of errors was found (p ${pText(differenceP)}), which does not mean that there is none.`}
      </p>
      <table class="plot-table">
        <caption class="unseen">Share of errors by group</caption>
        <thead>
          <tr>
            <th scope="col">Group</th>
            <td>
              <TrackScale axis={axis} formatTick={(tick) => (tick % 0.5 === 0 ? `${tick * 100}%` : "")} />
            </td>
            <th scope="col">Share of errors [95% interval]</th>
          </tr>
        </thead>
        <tbody>
          {groups.map(({ value, units, coded, error }) => (
            <tr>
              <th scope="row">
                <bdi>{value === "" ? "(empty)" : value}</bdi>
                <small>
                  {count(units)} units, {count(coded)} coded
                </small>
              </th>
              <td class="plot">
                <IntervalTrack axis={axis} marks={[{ ...error, shape: "circle" }]} />
              </td>
              <td class="value">
                {estimateText(error, percent)}
                {error.why !== undefined && <small dir="auto">{error.why}</small>}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {note !== undefined && (
        <p class="note" dir="auto">
          {note}
        </p>
      )}
      {more > 0 && <p class="note">{count(more)} more groups are not shown.</p>}
      {groups.map(({ value, shares }) => (
        <details class="more">
          <summary>
            Shares of <bdi>{value === "" ? "(empty)" : value}</bdi>
          </summary>
          <SharesChart categories={categories} shares={shares} />
        </details>
      ))}
    </>
  );
}
