import { ShareChart } from "../figures/ShareChart.tsx";
import { shortenText } from "../figures/shortenText.ts";
import { formatCount, formatPercent } from "./formatNumbers.ts";
import type { OverviewCategory } from "./overview.ts";

/** Bars that are open from the start; the others wait behind one click, on the same axis. */
const OPEN = 20;

/** The shares as bars, the largest first and residual categories last. */
export function ShareCharts({ categories }: { readonly categories: readonly OverviewCategory[] }) {
  const sorted = categories.toSorted((a, b) => Number(a.residual) - Number(b.residual) || b.count - a.count);
  const largestShare = Math.max(...sorted.map(({ share = 0 }) => share));
  const more = sorted.length - OPEN;
  return (
    <>
      <Chart id="share-chart" categories={sorted.slice(0, OPEN)} largestShare={largestShare} />
      {more > 0 && (
        <details class="more">
          <summary>{more === 1 ? "One more category" : `${formatCount(more)} more categories`}</summary>
          <Chart id="share-chart-more" categories={sorted.slice(OPEN)} largestShare={largestShare} />
        </details>
      )}
    </>
  );
}

function Chart(props: {
  readonly id: string;
  readonly categories: readonly OverviewCategory[];
  readonly largestShare: number;
}) {
  const { id, categories, largestShare } = props;
  const [first] = categories;
  const top =
    first && ` The first is ${shortenText(first.name, 60)} with ${formatPercent(first.share ?? 0)}.`;
  return (
    <ShareChart
      id={id}
      title="Share of each category"
      description={`Horizontal bars of ${categories.length} categories.${top ?? ""} The table below has all numbers.`}
      bars={categories.map(({ name, share = 0, count, residual }) => ({
        label: name,
        share,
        valueText: `${formatCount(count)} · ${formatPercent(share)}`,
        residual,
      }))}
      largestShare={largestShare}
      formatTick={(share) => `${Math.round(share * 100)}%`}
    />
  );
}
