import { type Budget, openBudget } from "./budget.ts";
import type { Unit } from "./unit.ts";

/** A batch of scans of 30 MB each is read side by side, of larger files fewer. */
const mostBytes = 500_000_000;

/** Of this process: so do the files of everything that it does at the same time count together. */
const sharedBudget = openBudget(mostBytes);

/** How to wait for a file's turn. */
export interface FileTurn {
  /** Bytes of files that are in memory at the same time; by default the process's own, of 500 MB. */
  readonly budget?: Budget | undefined;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Reads a unit's file when it fits beside those that are being worked on, and counts it until the work on it is done: many
 * large files would fill the memory before the first of them is decoded.
 * @param sizeBytes as the disk, or the archive, has it
 * @throws ImageFailure where it cannot be read; what `work` throws; the signal's reason when aborted before its turn
 */
export async function withFileBytes<To>(
  unit: Pick<Unit, "read">,
  sizeBytes: number,
  work: (bytes: Buffer) => Promise<To>,
  { budget = sharedBudget, signal }: FileTurn = {},
): Promise<To> {
  signal?.throwIfAborted();
  const turn = Promise.withResolvers<void>();
  const leave = budget.enter(sizeBytes, turn.resolve);
  const giveUp = () => turn.reject(signal?.reason);
  signal?.addEventListener("abort", giveUp);
  try {
    await turn.promise;
    return await work(await unit.read());
  } finally {
    signal?.removeEventListener("abort", giveUp);
    leave();
  }
}
