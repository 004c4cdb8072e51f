import type { QueueSettings, QueueSpec } from "../queue/queueSpec.ts";
import type { WorkerLine } from "../queue/workerBoard.ts";
import { workerCommand } from "../queue/workerCommand.ts";
import type { WorkerShare } from "../queue/workerTally.ts";

/** Work on a queue as it is at one moment. */
export interface QueueState {
  /** Without user and password. */
  readonly address: string;
  /** What starts a further worker, without the password. */
  readonly workerCommand: string;
  /** Whether the address leads to this machine only from this machine. */
  readonly isThisMachine: boolean;
  /** Whether this machine embeds pictures, too. */
  readonly worksItself: boolean;
  /** Those that are there. */
  readonly workers: readonly WorkerLine[];
  /** At the end of a job: who did what. */
  readonly shares: readonly WorkerShare[];
  /** The last things that happened to workers and to Redis, the newest last. */
  readonly notes: readonly string[];
  /** Why Redis cannot be reached; undefined while it can. */
  readonly trouble: string | undefined;
}

/** So many notes are kept. */
const mostNotes = 20;

/** Before a job. */
export function idleQueue({ address, roots, localWorker }: QueueSettings): QueueState {
  return {
    address: address.shown,
    workerCommand: workerCommand(address, roots),
    isThisMachine: /^(localhost|127\.[\d.]+|::1)$/.test(address.host),
    worksItself: localWorker !== undefined,
    workers: [],
    shares: [],
    notes: [],
    trouble: undefined,
  };
}

/**
 * The queue for a job that is watched.
 * @param model which the own worker opens, too
 * @param change told what is new of the state
 */
export function watchedQueue(
  settings: QueueSettings,
  model: string,
  change: (changes: Partial<QueueState>) => void,
): QueueSpec {
  const { localWorker } = settings;
  let notes: readonly string[] = [];
  return {
    ...settings,
    localWorker: localWorker && { ...localWorker, model },
    onWorkers: (workers) => change({ workers }),
    onShares: (shares) => change({ shares, workers: [] }),
    onTrouble: (trouble) => change({ trouble }),
    onNote: (note) => {
      notes = [...notes, note].slice(-mostNotes);
      change({ notes });
    },
  };
}
