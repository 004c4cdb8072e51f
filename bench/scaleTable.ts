import type { ScaleFigures } from "./scaleFigures.ts";

/** What nobody measured: named as an assumption beside the table. */
export const assumedPrice = 0.04;

/** Images that are out at once at most, as in openDispatcher.ts. */
export const mostOut = 20_000;

const sizes = [1e6, 1e8, 1e9] as const;

/** Cores of workers in the rows that are about time. */
const coreCounts = [32, 800] as const;

/** Formulas of docs/scale.md, and what they give for 10^6, 10^8 and 10^9 images, as Markdown. */
export function scaleTable(figures: ScaleFigures): string {
  const {
    workerMs,
    intakeRate,
    photographRate,
    bytesIn,
    bytesOut,
    studyBytes,
    mergeSeconds,
    classifySeconds,
  } = figures;
  const coreHours = (n: number) => (n * workerMs) / 3.6e6;
  const queueMs = figures.coordinatorMs + figures.redisMs;
  // Photographs are what workers decode: of small files a coordinator takes in more.
  const limit = Math.min(intakeRate, photographRate);
  const row = (title: string, formula: string, cell: (n: number) => string) =>
    `| ${title} | ${formula} | ${sizes.map(cell).join(" | ")} |`;
  const lines = [
    "| | Formula | 10^6 | 10^8 | 10^9 |",
    "|---|---|---:|---:|---:|",
    row("two workers to one, all on two processors, at most", "2 × t / (t + q)", () =>
      ((2 * workerMs) / (workerMs + queueMs)).toFixed(2),
    ),
    row("core-hours of workers", "N × t", (n) => grouped(coreHours(n))),
    row("money", "N × t × p", (n) => `${grouped(coreHours(n) * assumedPrice)} USD`),
    ...coreCounts.map((cores) =>
      row(`time with ${cores} cores`, `max(N × t / ${cores}, N / min(r, h))`, (n) =>
        duration(Math.max((coreHours(n) * 3600) / cores, n / limit)),
      ),
    ),
    row("time at the coordinator's limit, small files", "N / r", (n) => duration(n / intakeRate)),
    row("time at the coordinator's limit, photographs", "N / min(r, h)", (n) => duration(n / limit)),
    row("cores that keep one coordinator busy", "min(r, h) × t", () => grouped((limit * workerMs) / 1000)),
    row("through Redis, in and out", "N × (i + o)", (n) => bytes(n * (bytesIn + bytesOut))),
    row("Redis' entries at most", `${mostOut.toLocaleString("en-US")} × i`, () => bytes(mostOut * bytesIn)),
    row("the study's file", "N × s", (n) => bytes(n * studyBytes)),
    row("merging shards", "N × m", (n) => duration((n / 1e5) * mergeSeconds)),
    row("classifying again", "N × c", (n) => duration((n / 1e6) * classifySeconds)),
  ];
  return `${lines.join("\n")}\n`;
}

/** Three digits that count, in groups of three. */
function grouped(value: number): string {
  return Number(value.toPrecision(3)).toLocaleString("en-US");
}

function duration(seconds: number): string {
  if (seconds < 90) return `${grouped(seconds)} s`;
  if (seconds < 5400) return `${grouped(seconds / 60)} min`;
  return seconds < 172_800 ? `${grouped(seconds / 3600)} h` : `${grouped(seconds / 86_400)} days`;
}

function bytes(value: number): string {
  if (value < 1e9) return `${grouped(value / 1e6)} MB`;
  return value < 1e12 ? `${grouped(value / 1e9)} GB` : `${grouped(value / 1e12)} TB`;
}
