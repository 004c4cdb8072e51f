import { formatCount } from "./formatNumbers.ts";
import type { Overview } from "./overview.ts";
import { ShareCharts } from "./ShareCharts.tsx";
import { ShareTable } from "./ShareTable.tsx";
import { unitWord } from "./unitWord.ts";

/** Shares per category: the chart, and the same numbers as a table. */
export function ShareSection({ overview }: { readonly overview: Overview }) {
  const { counts, categories } = overview;
  return (
    <section id="shares" aria-labelledby="shares-heading">
      <h2 id="shares-heading">Shares</h2>
      {counts.classified === 0 ? (
        <p class="empty">
          Nothing could be classified, so there are no shares.{" "}
          {counts.failed === 0 ? "No images were found." : "The failures below say why."}
        </p>
      ) : (
        <>
          <p class="lead">
            How the model sorted {formatCount(counts.classified)} {unitWord(counts, counts.classified)}. These
            shares carry the model’s errors; they are not yet estimates of what is in the images.
          </p>
          <ShareCharts categories={categories} />
          <details class="more">
            <summary>The same numbers as a table</summary>
            <ShareTable overview={overview} />
          </details>
        </>
      )}
    </section>
  );
}
