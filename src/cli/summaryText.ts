import type { RunSummary } from "../pipeline/summariseRun.ts";
import { displayWidth, shortenedName } from "./displayWidth.ts";
import { printable } from "./printable.ts";
import { drawBar, formatCount } from "./progressLine.ts";

/** Longest category name that is shown whole. */
const longestName = 32;
const barWidth = 24;

/** What a run found, for the end of a terminal session: categories with counts, shares and bars, then failures. */
export function summaryText(summary: RunSummary): string {
  const { counts, categories, failures, ignoredFiles, warnings = [], origin } = summary;
  const names = categories.map(({ name }) => shortenedName(printable(name), longestName));
  const nameWidth = Math.max(...names.map(displayWidth));
  const countWidth = Math.max(...categories.map(({ count }) => formatCount(count).length));
  const largest = Math.max(...categories.map(({ share }) => share ?? 0));
  const rows = categories.map(({ count, share }, i) => {
    const name = names[i] as string;
    const padded = name + " ".repeat(nameWidth - displayWidth(name));
    const percent = share === undefined ? "" : `${(share * 100).toFixed(1)}%`;
    const bar = share === undefined || largest === 0 ? "" : drawBar(share / largest, barWidth).trimEnd();
    return `  ${padded}  ${formatCount(count).padStart(countWidth)}  ${percent.padStart(6)}  ${bar}`.trimEnd();
  });
  const lines = [`${amount(counts.classified, "image")} classified`, ...rows];
  if (counts.images < counts.classified) {
    lines.push(`${formatCount(counts.classified - counts.images)} of them show the same picture as another`);
  }
  if (counts.failed > 0) {
    const reasons = failures.map(({ code, count }) => `${formatCount(count)} ${code}`).join(", ");
    lines.push(`${formatCount(counts.failed)} not classified: ${reasons}`);
  }
  if (counts.warned > 0) {
    lines.push(`${formatCount(counts.warned)} classified although the file has small faults`);
    for (const { name, sentence } of warnings) lines.push(`  ${printable(name)}: ${printable(sentence)}`);
    if (warnings.length > 0 && warnings.length < counts.warned)
      lines.push("  and others: see the overview page");
  }
  if (ignoredFiles > 0)
    lines.push(`${amount(ignoredFiles, "other file")} left alone: no pictures by their names`);
  if (origin !== undefined) lines.push(printable(origin));
  return `${lines.join("\n")}\n`;
}

function amount(count: number, noun: string): string {
  return `${formatCount(count)} ${noun}${count === 1 ? "" : "s"}`;
}
