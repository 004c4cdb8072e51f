import type { Evaluation } from "../../validation/evaluation.ts";

/** What could not be estimated, and why. */
export function NotEstimableSection({ entries }: { readonly entries: Evaluation["notEstimable"] }) {
  return (
    <section id="not-estimable" aria-labelledby="not-estimable-heading">
      <h2 id="not-estimable-heading">What could not be estimated</h2>
      {entries.length === 0 ? (
        <p class="lead">Nothing: every figure of this report could be estimated.</p>
      ) : (
        <>
          <p class="lead">
            These figures and intervals are not 0: they are not known, for the reason beside each.
          </p>
          <ul>
            {entries.map(({ what, why }) => (
              <li>
                <b dir="auto">{what}</b>: <bdi>{why}</bdi>
              </li>
            ))}
          </ul>
        </>
      )}
    </section>
  );
}
