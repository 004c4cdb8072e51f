import type { Reliability } from "../../validation/evaluation.ts";
import { CategoryAgreement } from "./CategoryAgreement.tsx";
import { estimateText } from "./estimateText.ts";
import { useNumberFormat } from "./numberFormat.ts";
import { OrdinalAgreement } from "./OrdinalAgreement.tsx";
import { PairTable } from "./PairTable.tsx";

/** How far the coders agree: overall, per category, every two of them, and with the model. */
export function ReliabilitySection({ reliability }: { readonly reliability: Reliability }) {
  const { alpha, bootstrap, coefficients, units, describes, perCategory, pairs } = reliability;
  const { count, percent, score } = useNumberFormat();
  return (
    <section id="reliability" aria-labelledby="reliability-heading">
      <h2 id="reliability-heading">Do the coders agree?</h2>
      <p class="lead">
        Where people disagree about what an image shows, no model can be right. Krippendorff’s alpha is 1 for
        perfect agreement and 0 for codes given by chance. The interval tells how much it could be otherwise
        with other images.
      </p>
      <p class="headline">
        <b>α = {estimateText(alpha, score)}</b>{" "}
        {alpha.value === undefined ? (
          <span dir="auto">{alpha.why}</span>
        ) : (
          `on ${count(units)} ${units === 1 ? "image" : "images"} coded at least twice; it describes ${describes}`
        )}
      </p>
      {bootstrap !== undefined && (
        <p>
          {count(bootstrap.replicates)} bootstrap samples of images give an interval of [
          {score(bootstrap.interval.low)}, {score(bootstrap.interval.high)}]. The probability that α is below
          .800 is {percent(bootstrap.belowEighty)}, and that it is below .667 is{" "}
          {percent(bootstrap.belowTwoThirds)}.
        </p>
      )}
      <p class="lead">
        It is customary to require α of at least .800, and .667 is the lowest limit at which tentative
        conclusions are still acceptable (Krippendorff 2004, p. 241). These are no magical numbers: look at
        the lower end of the interval and at the weakest category that your conclusions rest on, and consider
        what a wrong conclusion would cost. They hold for alpha, not for other coefficients.
      </p>
      <table>
        <caption class="unseen">Coefficients of agreement</caption>
        <thead>
          <tr>
            <th scope="col">Coefficient</th>
            <th scope="col">Estimate [95% interval]</th>
          </tr>
        </thead>
        <tbody>
          {coefficients.map(({ name, estimate }) => (
            <tr>
              <th scope="row">{name}</th>
              <td>
                {estimateText(estimate, score)}
                {estimate.value === undefined && <small dir="auto">{estimate.why}</small>}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <h3>Per category</h3>
      <p class="lead">
        Each category against all others: which of them people can tell apart, and which they cannot.
      </p>
      <CategoryAgreement perCategory={perCategory} />
      <h3>People beside the model</h3>
      <p class="lead">
        Cohen’s kappa of every two coders, and of every coder with the model. Where the model agrees with
        people about as much as people with each other, it makes errors of the same size.
      </p>
      <PairTable pairs={pairs} />
      {reliability.ordinal !== undefined && <OrdinalAgreement ordinal={reliability.ordinal} />}
      <AlternativeAnnotator found={reliability.alternativeAnnotator} />
    </section>
  );
}

function AlternativeAnnotator({ found }: { readonly found: Reliability["alternativeAnnotator"] }) {
  const { score, percent } = useNumberFormat();
  if ("why" in found) return <p class="lead">Could the model replace a coder? Not tested: {found.why}.</p>;
  return (
    <p>
      Could the model replace a coder? By the alternative annotator test {found.passes ? "yes" : "no"}: it
      does at least as well as {percent(found.winningRate)} of the coders (half are needed; allowance{" "}
      {score(found.epsilon)}), and agrees with the others as well as a left-out coder on{" "}
      {percent(found.advantageProbability)} of the images.
    </p>
  );
}
