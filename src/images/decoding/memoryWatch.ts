import { Worker } from "node:worker_threads";
import type { MemoryWatchData } from "./memoryWatchThread.ts";

/** Ends this process when it holds more memory than it may. */
export interface MemoryWatch {
  /** Resolves when it watches. */
  readonly started: Promise<void>;
  /** From now on it may hold so many bytes. */
  allow(bytes: number): void;
  /** Until the next `allow` nothing is watched. */
  rest(): void;
}

/** Watches from a thread of its own: a decoder in JavaScript or WebAssembly keeps this one busy. */
export function startMemoryWatch(): MemoryWatch {
  // Built, this file and its worker end in .js; in tests and tools they run unbuilt.
  const entry = import.meta.url.endsWith(".ts") ? "./memoryWatchThread.ts" : "./memoryWatchThread.js";
  const isOn = new Int32Array(new SharedArrayBuffer(4));
  const isAsleep = new Int32Array(new SharedArrayBuffer(4));
  const ceiling = new Float64Array(new SharedArrayBuffer(8));
  const workerData: MemoryWatchData = { isOn, isAsleep, ceiling, parentId: process.ppid };
  const thread = new Worker(new URL(entry, import.meta.url), { workerData, execArgv: [] });
  const started = new Promise<void>((resolve) => {
    thread.once("message", () => {
      thread.unref();
      resolve();
    });
  });
  return {
    started,
    allow: (bytes) => {
      ceiling[0] = bytes;
      Atomics.store(isOn, 0, 1);
      // Awake, it looks every few milliseconds; to wake it for each picture would cost more than small ones take.
      if (Atomics.load(isAsleep, 0) === 1) Atomics.notify(isOn, 0);
    },
    rest: () => {
      Atomics.store(isOn, 0, 0);
    },
  };
}
