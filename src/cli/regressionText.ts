import { pText } from "../figures/evaluation/pText.ts";
import type { Coefficient, Regression } from "../pipeline/evaluation/regress.ts";
import type { Run } from "../store/runStore.ts";
import type { Sample } from "../store/sampleStore.ts";
import { type GoldRule, goldRuleText } from "../validation/goldStandard.ts";
import { printable } from "./printable.ts";

/** What a regression was computed from. */
export interface RegressionSource {
  readonly run: Pick<Run, "id">;
  readonly sample: Pick<Sample, "name">;
  readonly rule: GoldRule;
  /** Images that were adjudicated. */
  readonly adjudications: number;
}

/** A regression as people read it in a terminal: the corrected coefficients, the naive ones beside them, and what they rest on. */
export function regressionText(
  found: Regression,
  { run, sample, rule, adjudications }: RegressionSource,
): string {
  const header = ["", "estimate", "s.e.", "z", "p", "95% interval", "naive", "naive 95%"];
  const rows = found.terms.map(({ name, corrected, naive }) => [
    printable(name),
    numberText(corrected.estimate),
    numberText(corrected.standardError),
    corrected.z === undefined ? "-" : corrected.z.toFixed(2),
    pCell(corrected.p),
    intervalText(corrected),
    numberText(naive.estimate),
    intervalText(naive),
  ]);
  const widths = header.map((_, i) =>
    Math.max(...[header, ...rows].map((row) => [...(row[i] as string)].length)),
  );
  const line = (row: readonly string[]) =>
    row
      .map((cell, i) => {
        const gap = " ".repeat((widths[i] as number) - [...cell].length);
        return i === 0 ? cell + gap : gap + cell;
      })
      .join("  ")
      .trimEnd();
  const kind = found.model === "linear" ? "Linear regression" : "Logistic regression (log odds)";
  return [
    `${kind} of ${printable(found.outcome)}, design-based supervised learning`,
    `run ${run.id}, sample "${printable(sample.name)}", true: ${printable(goldRuleText(rule, adjudications))}`,
    "",
    ...[header, ...rows].map(line),
    "",
    ...basisLines(found),
    "",
  ].join("\n");
}

function basisLines({
  units,
  goldUnits,
  goldImages,
  clusters,
  references,
  left,
  notes,
}: Regression): readonly string[] {
  return [
    `${units} units, of which ${goldUnits} are coded (${goldImages} images)`,
    clusterLine(clusters),
    ...references.map(({ column, value }) => `${printable(column)}: compared with "${printable(value)}"`),
    ...(left.outsideFrame > 0
      ? [`left out: ${left.outsideFrame} units whose image could not be drawn into the sample`]
      : []),
    ...(left.missing > 0
      ? [
          `left out: ${left.missing} units with an empty cell (${left.missingByColumn
            .map(({ column, units: count }) => `${printable(column)} ${count}`)
            .join(", ")})`,
        ]
      : []),
    "naive: as if every prediction were true",
    ...notes.map((note) => `note: ${printable(note)}`),
  ];
}

function clusterLine(clusters: Regression["clusters"]): string {
  if (clusters === undefined) return "standard errors: robust, each unit by itself";
  const { column, count } = clusters;
  return column === undefined
    ? `standard errors: robust, clustered by image (${count}), for some images are shown by several units`
    : `standard errors: robust, clustered by ${printable(column)} (${count})`;
}

function intervalText({ interval }: Coefficient): string {
  return interval === undefined ? "-" : `[${numberText(interval.low)}, ${numberText(interval.high)}]`;
}

/** Four digits that count: enough for a table in a paper. */
function numberText(value: number | undefined): string {
  if (value === undefined) return "-";
  if (value !== 0 && (Math.abs(value) < 1e-4 || Math.abs(value) >= 1e6)) return value.toExponential(3);
  return value.toFixed(Math.max(0, 3 - Math.floor(Math.log10(Math.max(Math.abs(value), 0.1)))));
}

/** In a column of its own, where nothing needs an equals sign. */
function pCell(p: number | undefined): string {
  return p === undefined ? "-" : pText(p).replace(/^= /, "");
}
