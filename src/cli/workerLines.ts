import type { WorkerLine } from "../pipeline/queue/workerBoard.ts";
import type { WorkerShare } from "../pipeline/queue/workerTally.ts";
import { printable } from "./printable.ts";
import { formatCount, formatRate } from "./progressLine.ts";
import { tableLines } from "./tableLines.ts";

/** Workers that have a line of their own. */
const mostLines = 8;

/** Which columns are shown beside the name: all, and fewer where the terminal is narrow. */
const layouts = [[1, 2, 3], [1, 3], [1]] as const;

/**
 * Who embeds, and how fast, as lines under a progress bar: the own worker first, then the others as they came; those beyond the eighth
 * in one line. Nothing where the terminal is too narrow for names.
 * @param width columns of the terminal
 */
export function workerLines(workers: readonly WorkerLine[], width: number): readonly string[] {
  if (workers.length === 0) return [];
  const ordered = [...workers].sort((a, b) => Number(b.isLocal) - Number(a.isLocal));
  // A line for one more is no longer than a line that says so.
  const shown = ordered.length === mostLines + 1 ? ordered : ordered.slice(0, mostLines);
  const others = ordered.slice(shown.length);
  const rows = [
    ["worker", "images/s", "embedded", "failed"],
    ...shown.map((worker) => cellsOf(nameOf(worker), [worker])),
    ...(others.length > 0 ? [cellsOf(`and ${formatCount(others.length)} more`, others)] : []),
  ];
  const hasFailures = workers.some(({ failed }) => failed > 0);
  for (const layout of layouts) {
    const kept = layout.filter((column) => column !== 3 || hasFailures);
    const table = rows.map((row) => [row[0] as string, ...kept.map((column) => row[column] as string)]);
    const lines = tableLines(table, { width, indent: 2 });
    // Where names and numbers do not stand side by side, a worker would take several lines.
    if (lines.length === table.length) return lines;
  }
  return [];
}

/** Who embedded how much in all, in one line; undefined where nobody did. */
export function maybeSharesLine(shares: readonly WorkerShare[]): string | undefined {
  const active = shares.filter(({ embedded, failed }) => embedded + failed > 0);
  if (active.length === 0) return undefined;
  const shown = active.length === mostLines + 1 ? active : active.slice(0, mostLines);
  const others = active.slice(shown.length);
  const parts = shown.map((share) => `${nameOf(share)} ${formatCount(share.embedded)}`);
  if (others.length > 0) {
    const rest = others.reduce((sum, { embedded }) => sum + embedded, 0);
    parts.push(`${formatCount(others.length)} more ${formatCount(rest)}`);
  }
  const many = active.length === 1 ? "1 worker" : `${formatCount(active.length)} workers`;
  return `${many} embedded: ${parts.join(", ")}`;
}

function nameOf({ name, isLocal }: Pick<WorkerLine, "name" | "isLocal">): string {
  return isLocal ? `${printable(name)} (own)` : printable(name);
}

function cellsOf(name: string, workers: readonly WorkerLine[]): readonly string[] {
  const rates = workers.flatMap(({ imagesPerSecond }) => imagesPerSecond ?? []);
  const sum = (of: (worker: WorkerLine) => number) => workers.reduce((all, worker) => all + of(worker), 0);
  return [
    name,
    rates.length === 0 ? "…" : formatRate(rates.reduce((all, rate) => all + rate, 0)),
    formatCount(sum(({ embedded }) => embedded)),
    formatCount(sum(({ failed }) => failed)),
  ];
}
