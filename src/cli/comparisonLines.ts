import { comparisonTest } from "../figures/evaluation/comparisonTest.ts";
import { estimateText } from "../figures/evaluation/estimateText.ts";
import { pText } from "../figures/evaluation/pText.ts";
import type { ComparedMetric, Evaluation } from "../validation/evaluation.ts";
import { formatCount } from "./progressLine.ts";
import { tableLines } from "./tableLines.ts";

const testNames = {
  mcnemar: "McNemar's exact test",
  weighted: "of the weighted difference in accuracy",
} as const;

/** Both runs' scores and on which images they differ, for a terminal; nothing without another run. */
export function comparisonLines(comparison: Evaluation["comparison"]): readonly string[] {
  if (comparison === undefined) return [];
  const { firstRunId, secondRun, units } = comparison;
  const { p, kind } = comparisonTest(comparison);
  const [first, second] = [`run ${firstRunId}`, `run ${secondRun.id}`];
  const counts = [
    `both right ${formatCount(comparison.bothRight)}`,
    `only ${first} ${formatCount(comparison.onlyFirst)}`,
    `only ${second} ${formatCount(comparison.onlySecond)}`,
    `both wrong ${formatCount(comparison.bothWrong)}`,
  ].join(", ");
  return [
    "",
    ...tableLines([
      [`the same ${formatCount(units)} images`, first, second, "difference"],
      metricRow("accuracy", comparison.accuracy),
      metricRow("macro-F1", comparison.macroF1),
    ]),
    p === undefined ? counts : `${counts}; p ${pText(p)} (${testNames[kind]})`,
    "(both weighted by the drawing alone, so that they compare; above, each run is also weighted to its own predictions)",
  ];
}

function metricRow(name: string, { first, second, difference }: ComparedMetric): readonly string[] {
  return [name, first?.toFixed(3) ?? "-", second?.toFixed(3) ?? "-", estimateText(difference, signed)];
}

function signed(difference: number): string {
  const size = Math.abs(difference).toFixed(3);
  if (size === "0.000") return size;
  return `${difference > 0 ? "+" : "-"}${size}`;
}
