import { Worker } from "node:worker_threads";

/** A case that a target did not stand. */
export interface Finding {
  readonly index: number;
  readonly reason: string;
}

/** A case above this is reported as too slow. */
const slowMilliseconds = 5000;
const heapMegabytes = 1024;

/** How long a target is tried. */
export interface FuzzLimit {
  readonly seconds: number;
  /** The same cases are tried on every machine that has the time. */
  readonly cases: number;
}

/** Tries cases of a target until one limit is reached; each one that fails, hangs or fills the memory is a finding, and the next is tried. */
export async function fuzzRun(
  targetName: string,
  seed: number,
  { seconds, cases }: FuzzLimit,
): Promise<{ readonly cases: number; readonly findings: readonly Finding[] }> {
  const until = Date.now() + seconds * 1000;
  const findings: Finding[] = [];
  let first = 0;
  while (first < cases && Date.now() < until && findings.length < 100) {
    const { next, found } = await fuzzOnce({ targetName, seed, first, until, most: cases });
    findings.push(...found);
    first = next;
  }
  return { cases: first, findings };
}

function fuzzOnce(stretch: {
  readonly targetName: string;
  readonly seed: number;
  readonly first: number;
  readonly until: number;
  readonly most: number;
}): Promise<{ readonly next: number; readonly found: readonly Finding[] }> {
  const { first } = stretch;
  const at = new Int32Array(new SharedArrayBuffer(4)).fill(first);
  const found: Finding[] = [];
  const worker = new Worker(new URL("./fuzzWorker.ts", import.meta.url), {
    workerData: { ...stretch, at },
    resourceLimits: { maxOldGenerationSizeMb: heapMegabytes },
    execArgv: [],
  });
  return new Promise((resolve) => {
    let seen = first;
    let since = Date.now();
    const end = (next: number) => {
      clearInterval(watch);
      resolve({ next, found });
    };
    const fail = (reason: string) => {
      const index = Atomics.load(at, 0);
      found.push({ index, reason });
      end(index + 1);
    };
    const watch = setInterval(() => {
      const index = Atomics.load(at, 0);
      if (index !== seen) [seen, since] = [index, Date.now()];
      else if (Date.now() - since > slowMilliseconds) {
        worker.removeAllListeners("exit");
        void worker.terminate();
        fail(`takes more than ${slowMilliseconds} ms`);
      }
    }, 100);
    worker.on("message", (message: Finding | { readonly done: number }) => {
      if ("done" in message) {
        worker.removeAllListeners("exit");
        end(message.done);
      } else found.push(message);
    });
    worker.on("error", (error) => {
      worker.removeAllListeners("exit");
      fail(`the thread ended: ${error.message}`);
    });
    worker.on("exit", (code) => fail(`the thread ended with ${code}`));
  });
}
