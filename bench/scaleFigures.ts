import { UserError } from "../src/errors.ts";
import { median } from "./median.ts";
import type { Results } from "./results.ts";
import { formatValue } from "./resultsTable.ts";

/** What the extrapolation in docs/scale.md starts from, as the page shows it. */
export interface ScaleFigures {
  /** Processor time of a worker per image, milliseconds. */
  readonly workerMs: number;
  /** Of the coordinator and of Redis beside two workers, the same. */
  readonly coordinatorMs: number;
  readonly redisMs: number;
  /** Images per second that one coordinator takes in. */
  readonly intakeRate: number;
  /** Photographs per second that one coordinator finds, reads and hashes. */
  readonly photographRate: number;
  /** Through Redis per image, one way. */
  readonly bytesIn: number;
  readonly bytesOut: number;
  /** Of the study's file, per image. */
  readonly studyBytes: number;
  /** To merge two shards of 100,000 pictures together. */
  readonly mergeSeconds: number;
  /** To classify a million pictures again whose embeddings are stored, the whole command. */
  readonly classifySeconds: number;
}

/** The rows of a benchmark's results that the page shows, in its order. */
const rows: readonly (readonly [name: keyof ScaleFigures | undefined, key: string, label: string])[] = [
  [undefined, "workers-scaling-1-rate", "one worker pinned to a processor"],
  [
    undefined,
    "workers-scaling-2-rate",
    "two workers pinned to one processor each, coordinator and Redis on the same two",
  ],
  ["workerMs", "workers-scaling-1-workers-ms", "processor time of the one worker per image"],
  [undefined, "workers-scaling-2-workers-ms", "processor time of the two workers per image"],
  ["coordinatorMs", "workers-scaling-2-coordinator-ms", "processor time of their coordinator per image"],
  ["redisMs", "workers-scaling-2-redis-ms", "processor time of their Redis per image"],
  ["intakeRate", "workers-intake-disk-rate", "one coordinator, vectors ready, 100,000 files on a disk"],
  [undefined, "workers-intake-memory-rate", "one coordinator, vectors ready, 100,000 files in memory"],
  [undefined, "workers-intake-disk-coordinator-ms", "processor time of this coordinator per image"],
  [undefined, "workers-intake-disk-redis-ms", "processor time of its Redis per image"],
  [undefined, "workers-part-disk-find", "its parts alone: listing and stat"],
  [undefined, "workers-part-disk-read", "its parts alone: listing, stat, reading and hashing"],
  [undefined, "workers-part-disk-store", "its parts alone: storing images, embeddings, files"],
  ["photographRate", "workers-part-photographs-read", "listing, stat, reading and hashing of photographs"],
  [undefined, "workers-intake-disk-coordinator-peak", "peak memory of the coordinator"],
  [undefined, "workers-intake-disk-redis-peak", "peak memory of Redis"],
  ["bytesIn", "workers-intake-disk-bytes-in", "into Redis per image, jobs and results"],
  ["bytesOut", "workers-intake-disk-bytes-out", "out of Redis per image"],
  ["studyBytes", "workers-study-disk", "the study's file per image"],
  ["mergeSeconds", "workers-merge", "two shards of 100,000 pictures together merged"],
  ["classifySeconds", "million-edit", "1,000,000 pictures classified again, whole command"],
];

/**
 * The measured rows as Markdown.
 * @param edit seconds of the row of a million pictures, which another run measured
 * @throws UserError for results that lack one
 */
export function measuredTable({ measurements }: Results, edit: number): string {
  const lines = rows.map(([, key, label]) => {
    if (key === "million-edit") return `| ${label} | ${formatValue(edit)} s | [benchmark.md](benchmark.md) |`;
    const found = measurements.find((one) => one.key === key);
    if (found === undefined || found.values.length === 0) {
      throw new UserError(`the results have no ${key}`, {
        hint: "npm run bench -- --only workers, all in one run",
      });
    }
    const { values, unit } = found;
    const range =
      values.length < 2 ? "" : `${formatValue(Math.min(...values))} to ${formatValue(Math.max(...values))}`;
    return `| ${label} | ${formatValue(median(values))} ${unit} | ${range} |`;
  });
  return `${["| Measured | Median | Lowest to highest |", "|---|---:|---:|", ...lines].join("\n")}\n`;
}

/** The figures that a page shows. @throws UserError where a row is missing */
export function readFigures(page: string): ScaleFigures {
  const figures = rows.flatMap(([name, , label]) => {
    if (name === undefined) return [];
    const line = page.split("\n").find((one) => one.startsWith(`| ${label} |`));
    const value = Number(line?.split("|")[2]?.trim().split(" ")[0]?.replaceAll(",", ""));
    if (!(value > 0)) throw new UserError(`the page has no number for "${label}"`);
    return [[name, value] as const];
  });
  return Object.fromEntries(figures) as unknown as ScaleFigures;
}
