import { formatCount, formatPercent } from "../format.ts";
import type { CategoryNumbers } from "./boardNumbers.ts";

/** A category in numbers, beside the run's. */
export function CategoryFigures({ numbers }: { readonly numbers: CategoryNumbers | undefined }) {
  const score = numbers?.score;
  if (score === undefined) return <p class="category-figures soft">–</p>;
  const { count, share, meanProbability, countInRun } = score;
  const { shareInRun } = numbers ?? {};
  return (
    <p class="category-figures">
      <span class="count-now">
        <strong>{formatCount(count)}</strong>
        {share !== undefined && ` · ${formatPercent(share)}`}
      </span>
      <span class="soft">
        {countInRun === undefined
          ? "not in the run"
          : `in the run ${formatCount(countInRun)}${shareInRun === undefined ? "" : ` · ${formatPercent(shareInRun)}`}`}
      </span>
      <span class="soft mean">
        {meanProbability === undefined ? "" : `mean probability ${formatPercent(meanProbability)}`}
      </span>
    </p>
  );
}

/** A difference with its sign: `+12`, `−3`, `±0`. */
export function signedCount(difference: number): string {
  if (difference === 0) return "±0";
  return `${difference > 0 ? "+" : "−"}${formatCount(Math.abs(difference))}`;
}
