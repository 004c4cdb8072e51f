import { type WorkerCounts, workOnQueue } from "../pipeline/queue/workOnQueue.ts";
import { definedOptions } from "./definedOptions.ts";
import { startDownloadLine } from "./downloadLine.ts";
import { printable } from "./printable.ts";
import { formatCount, startProgressLine } from "./progressLine.ts";
import { readAddress, readRoots } from "./queueOptions.ts";
import type { Terminal } from "./terminal.ts";

/** The options of `clipbook worker`, as commander hands them over. */
export interface WorkerOptions {
  readonly queue: string;
  readonly root?: readonly string[];
  readonly model?: readonly string[];
  readonly threads?: number;
  readonly exitWhenIdle?: number;
  readonly json?: boolean;
}

/**
 * `clipbook worker`: takes work until it is stopped; what is under way is finished then.
 * @throws UserError for a queue that cannot be used, and for a root under which nothing can be read
 */
export async function runWorker(options: WorkerOptions, terminal: Terminal): Promise<WorkerCounts> {
  const address = readAddress(options.queue, terminal.environment);
  const { threads, exitWhenIdle } = options;
  const download = startDownloadLine(terminal);
  const line = startProgressLine("embedding", undefined, terminal);
  const say = (text: string) => {
    line.clear();
    terminal.stderr(`${text}\n`);
  };
  const counts = await workOnQueue({
    address,
    roots: readRoots(options.root ?? []),
    models: options.model ?? [],
    environment: terminal.environment,
    signal: terminal.signal,
    onProgress: download.onProgress,
    ...definedOptions({ threads, idleMs: exitWhenIdle && exitWhenIdle * 1000 }),
    events: {
      onWaiting: () => say(`waiting for work on ${address.shown}`),
      onJoined: ({ study, coordinator, encoder: { model, precision } }) => {
        download.clear();
        say(
          `working for ${printable(study)} of ${printable(coordinator)} with ${printable(model)}, ${precision}`,
        );
      },
      onLeft: ({ study }) => say(`the work for ${printable(study)} has ended`),
      onRefused: (who, reason) => say(`note: no jobs of ${printable(who)}: ${printable(reason)}`),
      onTrouble: (reason) =>
        say(
          reason === undefined
            ? "Redis is there again"
            : `note: Redis cannot be reached (${printable(reason)}): waiting for it`,
        ),
      onProgress: ({ embedded, failed }) =>
        line.update(embedded, failed > 0 ? `${formatCount(failed)} failed` : ""),
    },
  });
  line.clear();
  if (options.json) terminal.stdout(`${JSON.stringify(counts, undefined, 2)}\n`);
  else terminal.stdout(`${formatCount(counts.embedded)} embedded, ${formatCount(counts.failed)} failed\n`);
  // Being stopped is how a worker ends.
  return counts;
}
