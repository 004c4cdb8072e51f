import { quoteText } from "../codebook/quoteText.ts";
import { pText } from "../figures/evaluation/pText.ts";
import type { PhraseDiagnosis, PromptStability } from "../pipeline/diagnostics/diagnostics.ts";
import { type Diagnostics, isKnown, type Known } from "../pipeline/diagnostics/diagnostics.ts";
import type { MacroF1Change } from "../stats/macroF1Change.ts";
import { printable } from "./printable.ts";
import { formatCount } from "./progressLine.ts";
import { tableLines } from "./tableLines.ts";
import { wrapText } from "./wrapText.ts";

/** Weak points that are listed; the JSON has all. */
const listedPoints = 12;

/** Narrower tables cannot be read. */
const leastColumns = 40;

/** A run's diagnostics for a terminal: what is weak with advice, then the tables behind it. */
export function diagnosticsText(
  diagnostics: Diagnostics,
  { title, columns }: { readonly title: string | undefined; readonly columns: number },
): string {
  const width = Math.max(leastColumns, columns);
  const parts = [
    headLines(diagnostics, title, width),
    weakLines(diagnostics, width),
    ["Phrases by category", ...phraseLines(diagnostics, width)],
    ["Categories", ...categoryLines(diagnostics, width)],
    ["Scoring rules", ...scoringLines(diagnostics, width)],
    ["Prompt stability: templates as coders", ...templateLines(diagnostics.templates, width)],
  ];
  return `${parts.map((lines) => lines.join("\n")).join("\n\n")}\n`;
}

function headLines(diagnostics: Diagnostics, title: string | undefined, width: number): readonly string[] {
  const { runId, modelName, scoring, units, failedUnits, gold } = diagnostics;
  const failed = failedUnits === 0 ? "" : `, ${formatCount(failedUnits)} without an image left out`;
  const lines = [
    `Run ${runId}${title === undefined ? "" : `, ${quoteText(title)}`}: ${formatCount(units)} images, model ${printable(modelName)}, scoring ${scoring}${failed}`,
  ];
  if (isKnown(gold)) {
    const { sample, purpose, rule, uncoveredStrata, quality, bootstrapDraws, seed } = gold;
    const { macroF1 } = quality;
    lines.push(
      `Gold: ${formatCount(gold.units)} images of the ${purpose} sample ${quoteText(sample)} by ${printable(rule)}; accuracy ${percent(quality.accuracy)}, macro-F1 ${decimal(macroF1.value)} over ${macroF1.defined} of ${macroF1.of} categories, design-weighted. Intervals 95%, ${formatCount(bootstrapDraws)} draws of a paired bootstrap, seed ${seed}. This look is noted in the study.`,
    );
    if (uncoveredStrata > 0)
      lines.push(
        `Nothing is coded in ${uncoveredStrata} of the sample's strata: the figures say nothing of them.`,
      );
  } else lines.push(`No gold figures: ${printable(gold.why)}.`);
  return lines.flatMap((line) => wrapText(line, width));
}

function weakLines({ weakPoints }: Diagnostics, width: number): readonly string[] {
  if (weakPoints.length === 0) return ["Nothing stands out as weak."];
  const listed = weakPoints.slice(0, listedPoints);
  const more = weakPoints.length - listed.length;
  return [
    "Worth a look, the weakest first",
    ...listed.flatMap(({ what, advice }, i) => [
      ...wrapText(`${i + 1}. ${printable(what)}`, width, "   "),
      ...wrapText(`   hint: ${advice}`, width, "   "),
    ]),
    ...(more > 0 ? [`and ${formatCount(more)} more (--json lists all)`] : []),
  ];
}

function phraseLines({ phrases, categories, gold }: Diagnostics, width: number): readonly string[] {
  const hasGold = isKnown(gold);
  const movedOf = ({ without }: PhraseDiagnosis) => (isKnown(without) ? (without.share ?? 0) : -1);
  const heads = ["phrase", "wins", "moves", "rival", "tokens", ...(hasGold ? ["precision", "macro-F1"] : [])];
  const rowOf = ({ text, wins, without, nearestRival, tokens, precision }: PhraseDiagnosis) => {
    return [
      `  ${printable(text)}`,
      formatCount(wins),
      isKnown(without) ? percent(without.share) : "only one",
      isKnown(nearestRival)
        ? `${nearestRival.cosine.toFixed(3)}${nearestRival.isConfusable ? "!" : ""}`
        : "-",
      tokens === undefined ? "-" : String(tokens),
      ...(hasGold
        ? [
            isKnown(precision) ? `${percent(precision.share)} of ${formatCount(precision.units)}` : "-",
            isKnown(without) ? changeText(without.macroF1) : "-",
          ]
        : []),
    ];
  };
  const rows = categories.flatMap(({ name }, category) => [
    [printable(name)],
    ...phrases
      .filter((phrase) => phrase.category === category)
      .toSorted((a, b) => movedOf(b) - movedOf(a))
      .map(rowOf),
  ]);
  const legend = [
    "wins: images that it stands for",
    "moves: images that change their category without it, the most first",
    "rival: cosine with the nearest phrase of another category, ! where that is more than is usual within one",
    ...(hasGold
      ? ["precision: of the coded images that it stands for", "macro-F1: its change without the phrase"]
      : []),
  ].join("; ");
  return [...tableLines([heads, ...rows], { width, indent: 2 }), ...wrapText(legend, width)];
}

function categoryLines({ categories, similarities }: Diagnostics, width: number): readonly string[] {
  const rows = categories.map(({ name, count, share }, category) => {
    const row = similarities.categories[category] ?? [];
    let nearest = -1;
    for (let other = 0; other < row.length; other++)
      if (other !== category && (nearest < 0 || (row[other] as number) > (row[nearest] as number)))
        nearest = other;
    return [
      printable(name),
      formatCount(count),
      percent(share),
      nearest < 0 ? "-" : decimal(row[nearest]),
      nearest < 0 ? "-" : printable(categories[nearest]?.name ?? ""),
    ];
  });
  return tableLines([["category", "images", "share", "cosine", "nearest category"], ...rows], {
    width,
    indent: 2,
    last: "text",
  });
}

function scoringLines({ scorings, gold, scoring: own }: Diagnostics, width: number): readonly string[] {
  const rows = scorings.rules.flatMap((rule) => {
    if (!isKnown(rule) || !isKnown(rule.quality)) return [];
    const { accuracy, macroF1 } = rule.quality;
    const change = rule.scoring === own ? "this run" : changeText(rule.macroF1Change);
    return [[rule.scoring, percent(accuracy), decimal(macroF1.value), change]];
  });
  const pairs = scorings.pairs.map(({ first, second, disagreements, share, test }) => {
    const tested = isKnown(test)
      ? `; right only by ${first} ${test.onlyFirst}, only by ${second} ${test.onlySecond}, McNemar's exact p ${pText(test.exactP)}`
      : isKnown(gold)
        ? `; ${test.why}`
        : "";
    return `${first} and ${second} disagree on ${formatCount(disagreements)} ${disagreements === 1 ? "image" : "images"} (${percent(share)})${tested}`;
  });
  const missing = scorings.rules.flatMap((rule) => (isKnown(rule) ? [] : [`sum: ${rule.why}`]));
  const tests = isKnown(gold) ? ["McNemar's test counts the coded images without their weights."] : [];
  return [
    ...(rows.length === 0
      ? []
      : tableLines([["rule", "accuracy", "macro-F1", "change"], ...rows], { width, indent: 2 })),
    ...[...pairs, ...missing, ...tests].flatMap((line) => wrapText(line, width, "  ")),
  ];
}

function templateLines(templates: Known<PromptStability>, width: number): readonly string[] {
  if (!isKnown(templates)) return wrapText(`not measured: ${printable(templates.why)}`, width);
  const { alpha, images, of, seed } = templates;
  const rows = templates.templates.map(({ template, share, cutShort }) => [
    template === undefined ? "as in the codebook" : printable(template),
    percent(share),
    cutShort === undefined || cutShort === 0 ? "" : `${cutShort} cut short`,
  ]);
  const drawn =
    seed === undefined ? "all" : `${formatCount(images)} of ${formatCount(of)}, drawn with seed ${seed},`;
  const range = isKnown(alpha) && alpha.interval;
  const value = isKnown(alpha)
    ? `Krippendorff's alpha ${alpha.alpha.toFixed(3)}${range ? ` (95% interval ${range.low.toFixed(3)} to ${range.high.toFixed(3)})` : ""}`
    : alpha.why;
  return [
    ...wrapText(`${value}; ${drawn} distinct images`, width),
    ...tableLines([["template", "moves", ""], ...rows], { width, indent: 2 }),
  ];
}

function changeText(change: Known<MacroF1Change>): string {
  if (!isKnown(change)) return "-";
  const { interval } = change;
  if (change.change === 0 && !(interval && (interval.low < 0 || interval.high > 0))) return "0";
  return `${signed(change.change)}${interval === undefined ? "" : ` (${signed(interval.low)} to ${signed(interval.high)})`}`;
}

function signed(value: number): string {
  return `${value < 0 ? "-" : "+"}${Math.abs(value).toFixed(3)}`;
}

function decimal(value: number | undefined): string {
  return value === undefined ? "-" : value.toFixed(3);
}

function percent(share: number | undefined): string {
  return share === undefined ? "-" : `${(share * 100).toFixed(1)}%`;
}
