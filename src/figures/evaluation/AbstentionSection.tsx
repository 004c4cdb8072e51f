import type { Abstention } from "../../validation/evaluation.ts";
import { CoveragePrecisionCurve } from "../CoveragePrecisionCurve.tsx";
import { estimateText } from "./estimateText.ts";
import { useNumberFormat } from "./numberFormat.ts";

/** What leaving out the least sure predictions would bring. */
export function AbstentionSection({ abstention }: { readonly abstention: Abstention }) {
  const { score: by, curve, targets } = abstention;
  const { percent } = useNumberFormat();
  return (
    <section id="abstention" aria-labelledby="abstention-heading">
      <h2 id="abstention-heading">What if unsure predictions are left out?</h2>
      <p class="lead">
        Images whose {by} is below a threshold can be written as the residual category. What remains is more
        often right, and less of the whole. The precision of a threshold is taken from images on which it was
        not chosen. Its interval takes the threshold as given, and with few coded images it is too narrow: of
        150 it held the true precision in fewer than 9 of 10 trials. To be on the safe side, choose the
        threshold by the lower end of the interval (<code>--lower-bound</code> of{" "}
        <code>clipbook export predictions</code>).
      </p>
      {curve.length === 0 ? (
        <p class="empty">Not shown: too few coded images.</p>
      ) : (
        <div class="side-by-side">
          <CoveragePrecisionCurve id="coverage-curve" abstention={abstention} />
          <table>
            <caption class="unseen">Thresholds for wanted precisions</caption>
            <thead>
              <tr>
                <th scope="col">Wanted</th>
                <th scope="col">Threshold of the {by}</th>
                <th scope="col">Classified</th>
                <th scope="col">Precision [95% interval]</th>
              </tr>
            </thead>
            <tbody>
              {targets.map(({ target, threshold, coverage, precision }) => (
                <tr>
                  <th scope="row">{percent(target)}</th>
                  <td>{threshold === undefined ? "none reaches it" : percent(threshold)}</td>
                  <td>{coverage === undefined ? "–" : percent(coverage)}</td>
                  <td>{threshold === undefined ? "–" : estimateText(precision, percent)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </section>
  );
}
