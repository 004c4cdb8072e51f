import { contestants } from "./contestants.ts";
import { derivedRatios, formatRatio } from "./derivedRatios.ts";
import type { Machine } from "./machine.ts";
import { sizePoints } from "./measureMemory.ts";
import { median } from "./median.ts";
import { type MemoryGrowth, memoryGrowth } from "./memoryGrowth.ts";
import type { Measurement, Results } from "./results.ts";

/** The results as Markdown: the machine, versions and settings, what was measured, and the ratios of one run. */
export function resultsTable({ machine, settings, measurements }: Results): string {
  const ratios = derivedRatios(measurements);
  const lines = [
    ...machineLines(machine),
    `Settings: ${Object.entries(settings)
      .map(([name, value]) => `${name} ${value}`)
      .join("; ")}.`,
    "",
    "| Measured | Median | Lowest to highest | Turns |",
    "|---|---:|---:|---:|",
    ...inTableOrder(measurements).map(measuredRow),
  ];
  if (ratios.length > 0) {
    lines.push(
      "",
      "| Ratio, turns of one repetition compared | Median | Lowest to highest |",
      "|---|---:|---:|",
    );
    for (const ratio of ratios) {
      const { title, values } = ratio;
      lines.push(`| ${title} | ${formatRatio(ratio)} | ${spread(values, (value) => value.toFixed(2))} |`);
    }
  }
  const growth = memoryGrowth(sizePoints(measurements));
  if (growth !== undefined) lines.push("", growthLine(growth));
  return `${lines.join("\n")}\n`;
}

function growthLine({ from, to, peakMb, indexingMb }: MemoryGrowth): string {
  const sizes = `${to.toLocaleString("en-US")} pictures instead of ${from.toLocaleString("en-US")}`;
  return `Memory with ${sizes}: median while indexing ${signed(indexingMb)} MB, peak of the whole command ${signed(peakMb)} MB.`;
}

function signed(value: number): string {
  return `${value < 0 ? "-" : "+"}${Math.abs(value).toFixed(0)}`;
}

function machineLines({
  processor,
  processors,
  instructions,
  memoryGb,
  system,
  versions,
}: Machine): readonly string[] {
  return [
    `Machine: ${processor}, ${processors} processors (${instructions}), ${memoryGb} GB, ${system}.`,
    `Versions: ${Object.entries(versions)
      .map(([name, version]) => `${name} ${version}`)
      .join(", ")}.`,
  ];
}

/** Contestants in their order, also those that could not run; then what was measured besides. */
function inTableOrder(measurements: readonly Measurement[]): readonly Measurement[] {
  const rank = ({ key }: Measurement) => {
    const at = contestants.findIndex((contestant) => contestant.key === key);
    return at < 0 ? contestants.length : at;
  };
  return measurements.toSorted((a, b) => rank(a) - rank(b));
}

function measuredRow({ title, unit, values, notRun }: Measurement): string {
  if (values.length === 0) return `| ${title} | not run | ${cell(notRun ?? "no turn")} | 0 |`;
  return `| ${title} | ${formatValue(median(values))} ${unit} | ${spread(values, formatValue)} | ${values.length} |`;
}

function spread(values: readonly number[], format: (value: number) => string): string {
  return values.length < 2 ? "" : `${format(Math.min(...values))} to ${format(Math.max(...values))}`;
}

/** Three digits that count; whole numbers above that, in groups of three. */
export function formatValue(value: number): string {
  if (value >= 100) return Math.round(value).toLocaleString("en-US");
  return value.toPrecision(3);
}

/** A bar or a line break would end a cell of a Markdown table. */
function cell(text: string): string {
  return text.replace(/\s+/g, " ").replaceAll("|", "\\|");
}
