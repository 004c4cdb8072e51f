import type { QueueSpec } from "../pipeline/queue/queueSpec.ts";
import type { WorkerLine } from "../pipeline/queue/workerBoard.ts";
import { printable } from "./printable.ts";
import { formatCount, type ProgressLine } from "./progressLine.ts";
import type { GivenQueue } from "./queueOptions.ts";
import type { Terminal } from "./terminal.ts";

/** A queue whose notes are told on stderr, and what the progress line says of it. */
export interface WatchedQueue {
  /** undefined: this process works alone. */
  readonly queue: QueueSpec | undefined;
  /** `3 workers, 2 failed` */
  progressNote(failed: number): string;
}

/** @param line is taken away before a note */
export function watchQueue(
  given: GivenQueue | undefined,
  line: ProgressLine,
  terminal: Terminal,
): WatchedQueue {
  let workers: readonly WorkerLine[] = [];
  return {
    queue: given && {
      ...given,
      onNote: (note) => {
        line.clear();
        terminal.stderr(`note: ${printable(note)}\n`);
      },
      onWorkers: (lines) => {
        workers = lines;
      },
    },
    progressNote: (failed) =>
      [
        ...(given === undefined ? [] : [`${workers.length} ${workers.length === 1 ? "worker" : "workers"}`]),
        ...(failed > 0 ? [`${formatCount(failed)} failed`] : []),
      ].join(", "),
  };
}
