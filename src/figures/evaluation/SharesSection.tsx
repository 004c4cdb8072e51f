import type { Evaluation } from "../../validation/evaluation.ts";
import { SharesChart } from "../SharesChart.tsx";
import { TrackLegend } from "../TrackLegend.tsx";
import { useNumberFormat } from "./numberFormat.ts";

/** What share of all images each category has, as predicted and as corrected. */
export function SharesSection({ evaluation }: { readonly evaluation: Evaluation }) {
  const { shares, categories, coverage, shareMethod } = evaluation;
  const { count, score } = useNumberFormat();
  return (
    <section id="shares" aria-labelledby="shares-heading">
      <h2 id="shares-heading">What share does each category have?</h2>
      <p class="lead">
        The predicted shares carry the model’s errors. The corrected ones are what the coded images say about
        all images: report these, with their intervals. Where the ring lies outside of the line, the
        prediction alone would mislead.
      </p>
      <p>
        {shareMethod.kind === "ppi"
          ? `Corrected by prediction-powered inference (PPI++), which trusts the predictions by λ = ${score(shareMethod.lambda)} of 1; the intervals are about the process that the images came from.`
          : "Corrected by post-stratification on the predicted category."}
      </p>
      {coverage.coveredSize < coverage.size && (
        <p class="caveat">
          The corrected shares are about {count(coverage.coveredSize)} of {count(coverage.size)} images.
          Nothing is known of the others, predicted ones included in the predicted shares:{" "}
          {coverage.uncovered.map(({ label, size }, i) => (
            <>
              {i > 0 && ", "}
              <bdi>{label}</bdi> ({count(size)})
            </>
          ))}
          .
        </p>
      )}
      <TrackLegend
        entries={[
          { shape: "circle", label: "corrected, with 95% interval" },
          { shape: "ring", label: "as predicted" },
        ]}
      />
      <SharesChart categories={categories} shares={shares} />
    </section>
  );
}
