import { formatCount } from "../format.ts";
import type { IndexingAnswer } from "./indexingFeed.ts";

/** The units that could not be classified, as they come: the first of them, and how many there are. */
export function FailedUnits({
  failures,
  count,
}: {
  readonly failures: IndexingAnswer["failures"];
  readonly count: number;
}) {
  if (count === 0) return null;
  const more = count - failures.length;
  return (
    <details class="failed-units">
      <summary>
        {count === 1 ? "1 image could not be read" : `${formatCount(count)} images could not be read`}
      </summary>
      <ul>
        {failures.map(({ unit, sentence }) => (
          <li key={unit}>
            <bdi class="unit-name">{unit}</bdi> <span class="soft">{sentence}</span>
          </li>
        ))}
      </ul>
      {more > 0 && <p class="soft">and {formatCount(more)} more: the run lists them all.</p>}
    </details>
  );
}
