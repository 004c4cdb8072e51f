import type { InferResponseType } from "hono/client";
import type { api } from "../api.ts";
import { formatCount, formatWholePercent } from "../format.ts";

type Results = InferResponseType<(typeof api.runs)[":run"]["review"]["results"]["$get"], 200>;

/** Each category's share right, with its interval as text and as a line. */
export function ResultTable({ summary }: { readonly summary: Results }) {
  const isRandom = summary.queue?.kind !== "uncertain";
  const rows = summary.categories.filter(({ target }) => target > 0);
  return (
    <table class="result-table">
      <thead>
        <tr>
          <th scope="col">Category</th>
          <th scope="col" class="number">
            Right
          </th>
          <th scope="col">{isRandom ? "Share, 95% interval" : "Share"}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((category) => (
          <tr key={category.name}>
            <th scope="row">
              <bdi>{category.name}</bdi>
            </th>
            <td class="number">
              {category.share === undefined
                ? "–"
                : `${formatCount(category.right)} of ${formatCount(category.right + category.wrong)}`}
              <Uncounted {...category} />
            </td>
            <td>
              <Share {...category} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

type CategoryResult = Results["categories"][number];

function Uncounted({ unsure, skipped }: Pick<CategoryResult, "unsure" | "skipped">) {
  const parts = [
    ...(unsure > 0 ? [`${formatCount(unsure)} unsure`] : []),
    ...(skipped > 0 ? [`${formatCount(skipped)} skipped`] : []),
  ];
  return parts.length === 0 ? null : <small class="soft">{parts.join(", ")}</small>;
}

function Share({ share, interval, isWhole }: Pick<CategoryResult, "share" | "interval" | "isWhole">) {
  if (share === undefined) return <span class="soft">–</span>;
  const bounds = interval && `${formatWholePercent(interval.low)} to ${formatWholePercent(interval.high)}`;
  const { low, high } = interval ?? { low: share, high: share };
  return (
    <>
      <b>{formatWholePercent(share)}</b> <span class="soft">{bounds ?? (isWhole ? "all judged" : "")}</span>
      <i
        class="interval"
        aria-hidden="true"
        style={{ "--low": percentOf(low), "--high": percentOf(high), "--share": percentOf(share) }}
      />
    </>
  );
}

function percentOf(share: number): string {
  return `${Math.round(share * 1000) / 10}%`;
}
