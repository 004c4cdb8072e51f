import type { IndexProgress } from "../pipeline/indexImages.ts";
import { unitsDone } from "../pipeline/indexing/indexingState.ts";
import type { QueueEvents } from "../pipeline/queue/queueSpec.ts";
import type { WorkerLine } from "../pipeline/queue/workerBoard.ts";
import type { WorkerShare } from "../pipeline/queue/workerTally.ts";
import { printable } from "./printable.ts";
import { formatCount, type ProgressLine } from "./progressLine.ts";
import { usableColumns } from "./redrawnLine.ts";
import type { Terminal } from "./terminal.ts";
import { maybeSharesLine, workerLines } from "./workerLines.ts";

/** What a coordinator's terminal shows of its work: a progress line, and the workers under it. */
export interface QueueProgress {
  readonly events: { readonly [Name in keyof QueueEvents]-?: NonNullable<QueueEvents[Name]> };
  update(progress: IndexProgress): void;
  /** Who did what; known at the end. */
  shares(): readonly WorkerShare[];
  /** Shows nothing any more. */
  end(): void;
}

/** While nothing comes back the rate goes down all the same. */
const tickMs = 1_000;

/** Shows it under a line that was started. */
export function startQueueProgress(
  line: ProgressLine,
  terminal: Pick<Terminal, "stderr" | "columns">,
): QueueProgress {
  let workers: readonly WorkerLine[] = [];
  let shares: readonly WorkerShare[] = [];
  let progress: IndexProgress = { units: 0, embedded: 0, failed: 0, ignored: 0 };
  let isBroken = false;
  const show = () => {
    const many = `${workers.length} ${workers.length === 1 ? "worker" : "workers"}`;
    const parts = [isBroken ? "waiting for Redis" : many];
    if (progress.failed > 0) parts.push(`${formatCount(progress.failed)} failed`);
    const done = unitsDone(progress);
    // How fast workers are that nobody can ask is not known.
    const below = () => (isBroken ? [] : workerLines(workers, usableColumns(terminal)));
    line.update(done, parts.join(", "), { below, isStill: isBroken });
  };
  const ticking = setInterval(show, tickMs);
  return {
    events: {
      onNote: (note) => {
        line.clear();
        terminal.stderr(`note: ${printable(note)}\n`);
      },
      onTrouble: (reason) => {
        isBroken = reason !== undefined;
      },
      onWorkers: (lines) => {
        workers = lines;
      },
      onShares: (told) => {
        shares = told;
      },
    },
    update: (now) => {
      progress = now;
      show();
    },
    shares: () => shares,
    end: () => {
      clearInterval(ticking);
      line.clear();
      const text = maybeSharesLine(shares);
      if (text !== undefined) terminal.stderr(`${text}\n`);
    },
  };
}
