import { pText } from "../../src/figures/evaluation/pText.ts";
import { formatCount, formatDecimal, formatPercent } from "../format.ts";
import { changeText } from "./changeText.ts";
import type { DiagnosticsAnswer } from "./codebookAnswers.ts";

/** On how many images the scoring rules disagree, and how right each is where images are coded. */
export function ScoringTable({
  found: { scorings, scoring: own, gold },
}: {
  readonly found: DiagnosticsAnswer;
}) {
  const { rules, pairs } = scorings;
  const missing = rules.flatMap((rule) => ("why" in rule ? [rule.why] : []));
  return (
    <>
      {!("why" in gold) && (
        <table class="figures-table">
          <thead>
            <tr>
              <th scope="col">rule</th>
              <th scope="col">accuracy</th>
              <th scope="col">macro-F1</th>
              <th scope="col">its change</th>
            </tr>
          </thead>
          <tbody>
            {rules.map((rule) =>
              "why" in rule || "why" in rule.quality ? null : (
                <tr key={rule.scoring}>
                  <th scope="row">{rule.scoring}</th>
                  <td>{formatPercent(rule.quality.accuracy)}</td>
                  <td>
                    {rule.quality.macroF1.value === undefined
                      ? "–"
                      : formatDecimal(rule.quality.macroF1.value)}
                  </td>
                  <td>
                    {rule.scoring === own
                      ? "this run"
                      : "why" in rule.macroF1Change
                        ? "–"
                        : changeText(rule.macroF1Change)}
                  </td>
                </tr>
              ),
            )}
          </tbody>
        </table>
      )}
      <ul class="scoring-pairs">
        {pairs.map(({ first, second, disagreements, share, test }) => (
          <li key={`${first} ${second}`}>
            <strong>{first}</strong> and <strong>{second}</strong> disagree on {formatCount(disagreements)}{" "}
            {disagreements === 1 ? "image" : "images"}
            {share !== undefined && ` (${formatPercent(share)})`}
            {!("why" in test) && (
              <span class="soft">
                ; right only by {first} {formatCount(test.onlyFirst)}, only by {second}{" "}
                {formatCount(test.onlySecond)} coded images, McNemar’s exact p {pText(test.exactP)}
              </span>
            )}
          </li>
        ))}
      </ul>
      {missing.map((why) => (
        <p key={why} class="small soft">
          sum: {why}.
        </p>
      ))}
    </>
  );
}
