import type { BenchContext } from "./benchContext.ts";
import type { QueuedRun } from "./queuedRun.ts";
import type { Measurement } from "./results.ts";

/** A figure of a run on a queue: the end of its key, what it is called, and how it is had. */
export type QueuedRow = readonly [
  what: string,
  title: string,
  unit: Measurement["unit"],
  value: (run: QueuedRun) => number,
];

/** Figures of several runs, saved after each repetition. */
export function openQueuedSeries(
  { save }: BenchContext,
  key: string,
  of: string,
  rows: readonly QueuedRow[],
) {
  const runs: QueuedRun[] = [];
  return {
    add: (run: QueuedRun) => {
      runs.push(run);
      for (const [what, title, unit, value] of rows)
        save({ key: `${key}-${what}`, title: `${title}, ${of}`, unit, values: runs.map(value) });
    },
    skip: (notRun: string) => {
      for (const [what, title, unit] of rows)
        save({ key: `${key}-${what}`, title: `${title}, ${of}`, unit, values: [], notRun });
    },
  };
}

/** How fast, and who took how much processor time. */
export const processorRows: readonly QueuedRow[] = [
  ["rate", "images through the queue", "images/s", ({ imagesPerSecond }) => imagesPerSecond],
  ["workers-ms", "processor time of workers per image", "ms", ({ workersMs }) => workersMs],
  [
    "coordinator-ms",
    "processor time of the coordinator per image",
    "ms",
    ({ coordinatorMs }) => coordinatorMs,
  ],
  ["redis-ms", "processor time of Redis per image", "ms", ({ redisMs }) => redisMs],
];
