import { categoryAnchors } from "./categoryAnchor.ts";
import { formatCount, formatPercent } from "./formatNumbers.ts";
import type { Overview } from "./overview.ts";
import { unitWord } from "./unitWord.ts";

/** Every category's count, share and mean probability, in the codebook's order: the chart's equivalent in text. */
export function ShareTable({ overview }: { readonly overview: Overview }) {
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
