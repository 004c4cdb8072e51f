import type { QueueAddress } from "../../queue/queueAddress.ts";
import type { LocalWorkerModel } from "./localWorker.ts";
import type { Root } from "./roots.ts";
import type { WorkerLine } from "./workerBoard.ts";
import type { WorkerShare } from "./workerTally.ts";

/** A queue as it was given. */
export interface QueueSettings {
  readonly address: QueueAddress;
  /** Folders under which the pictures lie, by the names that all machines have for them. */
  readonly roots: readonly Root[];
  /** How the coordinator's own worker comes by the model; absent when it shall not work itself. */
  readonly localWorker?: LocalWorkerModel | undefined;
  /** Images in a job; 64 unless told otherwise. */
  readonly jobSize?: number | undefined;
  /** Tells of workers whose processors give other embeddings. */
  readonly isStrictAboutNumbers?: boolean | undefined;
}

/** Those who want to be told. */
export interface QueueEvents {
  /** Told about every second who works. */
  readonly onWorkers?: ((workers: readonly WorkerLine[]) => void) | undefined;
  /** Told of what happens to workers and to Redis, for people. */
  readonly onNote?: ((note: string) => void) | undefined;
  /** Told when Redis cannot be reached, and `undefined` when it is there again. */
  readonly onTrouble?: ((reason: string | undefined) => void) | undefined;
  /** Told at the end, whatever it was, who did what. */
  readonly onShares?: ((shares: readonly WorkerShare[]) => void) | undefined;
}

/** How pictures are embedded by workers on a queue. */
export interface QueueSpec extends QueueSettings, QueueEvents {}

/** Images in a job unless told otherwise. */
export const defaultJobSize = 64;
