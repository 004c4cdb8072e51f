import type { Estimate, OrdinalReliability } from "../../validation/evaluation.ts";
import { estimateText } from "./estimateText.ts";
import { useNumberFormat } from "./numberFormat.ts";

/** Agreement on categories that are grades: ordinal alpha, and the weighted kappas of every two. */
export function OrdinalAgreement({ ordinal }: { readonly ordinal: OrdinalReliability }) {
  const { count, score } = useNumberFormat();
  const { alpha, leftOut, pairs } = ordinal;
  return (
    <>
      <h3>With the categories as grades</h3>
      <p class="lead">
        Here the categories count as grades in the codebook’s order: the next grade is less of a disagreement
        than a far one. The limits of .800 and .667 hold for this alpha too, but it answers another question
        than the alpha above: report the one that fits your conclusions.
        {leftOut.length > 0 && (
          <>
            {" "}
            No grade, and left out: <bdi>{leftOut.join(", ")}</bdi>.
          </>
        )}
      </p>
      <p>
        <b>Ordinal α = {estimateText(alpha, score)}</b>{" "}
        {alpha.value === undefined && <span dir="auto">{alpha.why}</span>}
      </p>
      <table>
        <caption class="unseen">Weighted kappa of every two</caption>
        <thead>
          <tr>
            <th scope="col">Who</th>
            <th scope="col">Linear weights [95% interval]</th>
            <th scope="col">Quadratic weights [95% interval]</th>
          </tr>
        </thead>
        <tbody>
          {pairs.map(({ a, b, units, linear, quadratic }) => (
            <tr>
              <th scope="row">
                <bdi>{a}</bdi>, <bdi>{b}</bdi> <small>{count(units)} images</small>
              </th>
              {[linear, quadratic].map((estimate) => (
                <Figure estimate={estimate} />
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}

function Figure({ estimate }: { readonly estimate: Estimate }) {
  const { score } = useNumberFormat();
  return (
    <td>
      {estimateText(estimate, score)}
      {estimate.value === undefined && <small dir="auto">{estimate.why}</small>}
    </td>
  );
}
