import { comparisonTest } from "../figures/evaluation/comparisonTest.ts";
import { pText } from "../figures/evaluation/pText.ts";
import type { ComparedMetric, Estimate, Evaluation } from "../validation/evaluation.ts";
import { shortenedName } from "./displayWidth.ts";
import { printable } from "./printable.ts";
import { formatCount } from "./progressLine.ts";
import { tableLines } from "./tableLines.ts";

/** A report's main figures, for the end of a terminal session; the page has the others. */
export function evaluationText(evaluation: Evaluation): string {
  const { categories, sample, gold, reliability, quality, shares, baselines, warnings } = evaluation;
  const names = categories.map((name) => shortenedName(printable(name), 32));
  const coders = reliability.coders.map(({ name }) => printable(name)).join(", ");
  const lines = [
    `Sample "${printable(sample.name)}" of run ${evaluation.run.id}: ${formatCount(sample.size)} of ` +
      `${formatCount(sample.design.frameSize)} images, ${sample.designText}.`,
    `${formatCount(gold.known)} of them have a true category, by ${printable(gold.ruleText)}. Coded by ${coders}.`,
    "All figures are weighted to " +
      (evaluation.target === "collection" ? "this collection" : "the process behind this collection") +
      ", with 95% intervals.",
    "",
    ...withNotes([
      ["Krippendorff's alpha", shown(reliability.alpha), "between the coders"],
      ["Accuracy", shown(quality.accuracy), baselineText(baselines, "accuracy")],
      [
        "Macro-F1",
        shown(quality.macroF1),
        `${quality.macroCategories} of ${categories.length} categories; ${baselineText(baselines, "macroF1")}`,
      ],
      ["Cohen's kappa", shown(quality.kappa), "of the predictions and the truth"],
    ]),
    "",
    ...tableLines([
      ["", "precision", "recall", "F1"],
      ...quality.perCategory.map(({ category, precision, recall, f1 }) => [
        names[category] ?? "",
        shown(precision),
        shown(recall),
        shown(f1),
      ]),
    ]),
    "",
    ...tableLines([
      ["", "share as predicted", "corrected"],
      ...shares.map(({ category, raw, corrected }) => [
        names[category] ?? "",
        percent(raw),
        corrected.value === undefined
          ? `not estimable: ${corrected.why}`
          : percent(corrected.value) +
            (corrected.interval
              ? ` [${percent(corrected.interval.low)}, ${percent(corrected.interval.high)}]`
              : ""),
      ]),
    ]),
    ...comparisonLines(evaluation.comparison),
    ...(warnings.length === 0 ? [] : ["", ...warnings.map((warning) => `note: ${printable(warning)}`)]),
    "",
  ];
  return `${lines.join("\n")}\n`;
}

/** Both runs' scores, and on which images they differ; nothing without another run. */
function comparisonLines(comparison: Evaluation["comparison"]): readonly string[] {
  if (comparison === undefined) return [];
  const { firstRunId, secondRun, units, accuracy, macroF1, bothRight, onlyFirst, onlySecond, bothWrong } =
    comparison;
  const row = (name: string, { first, second, difference }: ComparedMetric) => [
    name,
    first?.toFixed(3) ?? "-",
    second?.toFixed(3) ?? "-",
    shown(difference, signed),
  ];
  const { p, name } = comparisonTest(comparison);
  return [
    "",
    ...tableLines([
      [`${formatCount(units)} images of both`, `run ${firstRunId}`, `run ${secondRun.id}`, "difference"],
      row("Accuracy", accuracy),
      row("Macro-F1", macroF1),
    ]),
    `Both right ${formatCount(bothRight)}, only run ${firstRunId} ${formatCount(onlyFirst)}, ` +
      `only run ${secondRun.id} ${formatCount(onlySecond)}, both wrong ${formatCount(bothWrong)}` +
      (p === undefined ? "." : `; p ${pText(p)} (${name}).`),
  ];
}

/** Figures one below the other, each with a note behind it. */
function withNotes(rows: readonly (readonly [string, string, string])[]): readonly string[] {
  const lines = tableLines(rows.map(([name, figure]) => [name, figure]));
  return rows.map(([, , note], i) => `${lines[i]}  ${note}`.trimEnd());
}

function baselineText(baselines: Evaluation["baselines"], figure: "accuracy" | "macroF1"): string {
  return baselines
    .flatMap((baseline) => {
      const value = baseline[figure];
      return value === undefined ? [] : `${baseline.name.toLowerCase()} ${value.toFixed(2)}`;
    })
    .join(", ");
}

function shown({ value, interval }: Estimate, write = (figure: number) => figure.toFixed(3)): string {
  if (value === undefined) return "not estimable";
  return interval === undefined
    ? write(value)
    : `${write(value)} [${write(interval.low)}, ${write(interval.high)}]`;
}

function signed(difference: number): string {
  const size = Math.abs(difference).toFixed(3);
  if (size === "0.000") return size;
  return `${difference > 0 ? "+" : "-"}${size}`;
}

function percent(share: number): string {
  return `${(share * 100).toFixed(1)}%`;
}
