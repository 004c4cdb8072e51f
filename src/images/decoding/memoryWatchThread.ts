import { writeSync } from "node:fs";
import { parentPort, workerData } from "node:worker_threads";
import { overCeiling } from "./memoryCeiling.ts";

/** What the watching thread shares with the one that decodes. */
export interface MemoryWatchData {
  /** 1 while there is something to watch. */
  readonly isOn: Int32Array;
  /** 1 while the watching thread has to be woken. */
  readonly isAsleep: Int32Array;
  /** Bytes that the process may hold. */
  readonly ceiling: Float64Array;
  /** The process that this one works for. */
  readonly parentId: number;
}

/** Memory is filled at some gigabytes a second. */
const everyMs = 50;

// The entry of the watching thread; as a module it exports types only.
if (parentPort !== null) {
  parentPort.postMessage("watching");
  watch(workerData as MemoryWatchData);
}

function watch({ isOn, isAsleep, ceiling, parentId }: MemoryWatchData): never {
  for (;;) {
    Atomics.store(isAsleep, 0, 1);
    Atomics.wait(isOn, 0, 0);
    Atomics.store(isAsleep, 0, 0);
    const isOver = process.memoryUsage.rss() > (ceiling[0] as number);
    if (isOver) writeSync(2, `${overCeiling}\n`);
    // A thread cannot end its process otherwise. Without its parent nobody would stop it, nor read what it decodes.
    if (isOver || process.ppid !== parentId) process.kill(process.pid, "SIGKILL");
    // Until then nobody wakes it.
    Atomics.wait(isAsleep, 0, 0, everyMs);
  }
}
