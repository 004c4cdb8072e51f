import { estimateText } from "../figures/evaluation/estimateText.ts";
import type { Estimate, Evaluation } from "../validation/evaluation.ts";
import { comparisonLines } from "./comparisonLines.ts";
import { shortenedName } from "./displayWidth.ts";
import { groupLines } from "./groupLines.ts";
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
      [
        "Krippendorff's alpha",
        shown(reliability.alpha),
        `between the coders, on ${formatCount(reliability.units)} ${reliability.units === 1 ? "image" : "images"}`,
      ],
      ...ordinalRow(reliability.ordinal),
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
      ["", "share as predicted", evaluation.shareMethod.kind === "ppi" ? "corrected by PPI++" : "corrected"],
      ...shares.map(({ category, raw, corrected }) => [
        names[category] ?? "",
        percent(raw),
        corrected.value === undefined ? `not estimable: ${corrected.why}` : estimateText(corrected, percent),
      ]),
    ]),
    ...evaluation.groups.flatMap(groupLines),
    ...comparisonLines(evaluation.comparison),
    ...(warnings.length === 0 ? [] : ["", ...warnings.map((warning) => `note: ${printable(warning)}`)]),
    "",
  ];
  return `${lines.join("\n")}\n`;
}

function ordinalRow(ordinal: Evaluation["reliability"]["ordinal"]): readonly [string, string, string][] {
  if (ordinal === undefined) return [];
  const leftOut =
    ordinal.leftOut.length === 0 ? "" : `, without ${ordinal.leftOut.map(printable).join(", ")}`;
  return [
    ["Ordinal alpha", shown(ordinal.alpha), `the categories as grades in the codebook's order${leftOut}`],
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

const shown = (estimate: Estimate) => estimateText(estimate, (figure) => figure.toFixed(3));

function percent(share: number): string {
  return `${(share * 100).toFixed(1)}%`;
}
