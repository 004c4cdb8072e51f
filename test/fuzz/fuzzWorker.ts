// Run as a thread by fuzzRun.ts: tries one case after the other, and says which one it is at.
import { parentPort, workerData } from "node:worker_threads";
import { caseBytes } from "./caseBytes.ts";
import { fuzzTargetOf } from "./fuzzTargets.ts";

const { targetName, seed, first, until, most, at } = workerData as {
  readonly targetName: string;
  readonly seed: number;
  readonly first: number;
  /** Milliseconds since 1970. */
  readonly until: number;
  /** Cases with this number and above are not tried. */
  readonly most: number;
  /** The number of the case that is being tried. */
  readonly at: Int32Array;
};
const target = fuzzTargetOf(targetName);
let index = first;
for (; index < most && Date.now() < until; index++) {
  Atomics.store(at, 0, index);
  try {
    await target.check(caseBytes(target, seed, index));
  } catch (error) {
    parentPort?.postMessage({
      index,
      reason: error instanceof Error ? (error.stack ?? error.message) : String(error),
    });
  }
}
parentPort?.postMessage({ done: index });
