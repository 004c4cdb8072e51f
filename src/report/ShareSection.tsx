import { ShareChart } from "../figures/ShareChart.tsx";
import { shortenText } from "../figures/shortenText.ts";
import { categoryAnchors } from "./categoryAnchor.ts";
import { formatCount, formatPercent } from "./formatNumbers.ts";
import type { Overview, OverviewCategory } from "./overview.ts";
import { unitWord } from "./unitWord.ts";

/** Shares per category: the chart, and the same numbers as a table. */
export function ShareSection({ overview }: { readonly overview: Overview }) {
  const { counts } = overview;
  return (
    <section id="shares" aria-labelledby="shares-heading">
      <h2 id="shares-heading">Shares</h2>
      {counts.classified === 0 ? (
        <p class="empty">Nothing could be classified, so there are no shares. The failures below say why.</p>
      ) : (
        <>
          <p class="lead">
            How the model sorted {formatCount(counts.classified)} {unitWord(counts, counts.classified)}. These
            shares carry the model’s errors; they are not yet estimates of what is in the images.
          </p>
          <Chart overview={overview} />
          <details class="more">
            <summary>The same numbers as a table</summary>
            <ShareTable overview={overview} />
          </details>
        </>
      )}
    </section>
  );
}

function Chart({ overview }: { readonly overview: Overview }) {
  const sorted = inReadingOrder(overview.categories);
  const [largest] = sorted;
  return (
    <ShareChart
      id="share-chart"
      title="Share of each category"
      description={
        largest === undefined
          ? "No categories."
          : `Horizontal bars of ${sorted.length} categories. At the top ${shortenText(largest.name, 60)} with ${formatPercent(largest.share ?? 0)}. The table below has all numbers.`
      }
      bars={sorted.map(({ name, share = 0, count, residual }) => ({
        label: name,
        share,
        valueText: `${formatCount(count)} · ${formatPercent(share)}`,
        residual,
      }))}
      formatTick={(share) => `${Math.round(share * 100)}%`}
    />
  );
}

/** Largest share first, residual categories last. */
function inReadingOrder(categories: readonly OverviewCategory[]): readonly OverviewCategory[] {
  return categories.toSorted((a, b) => Number(a.residual) - Number(b.residual) || b.count - a.count);
}

function ShareTable({ overview }: { readonly overview: Overview }) {
  const anchors = categoryAnchors(overview.categories);
  return (
    <table>
      <thead>
        <tr>
          <th scope="col">Category</th>
          <th scope="col">{unitWord(overview.counts, 2) === "images" ? "Images" : "Units"}</th>
          <th scope="col">Share</th>
          <th scope="col">Mean probability</th>
        </tr>
      </thead>
      <tbody>
        {overview.categories.map(({ name, count, share, meanProbability }) => (
          <tr>
            <th scope="row">
              <a href={`#${anchors.get(name)}`}>
                <bdi>{name}</bdi>
              </a>
            </th>
            <td>{formatCount(count)}</td>
            <td>{share === undefined ? "–" : formatPercent(share)}</td>
            <td>{meanProbability === undefined ? "–" : formatPercent(meanProbability)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
