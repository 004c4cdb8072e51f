import { availableParallelism } from "node:os";
import { Worker } from "node:worker_threads";
import { UserError } from "../errors.ts";
import type { Side, TowerFeeds, TowerOutput } from "./openGraph.ts";
import { silenceTelemetry } from "./silenceTelemetry.ts";
import type { TowerAnswer, TowerFailure, TowerRequest, TowerWorkerData } from "./towerWorker.ts";

/** One ONNX graph, open in one or more worker threads: this thread stays free while a tower computes. */
export interface Tower {
  /** Runs a batch; batches are taken in turn, as many at once as there are lanes. */
  run(feeds: TowerFeeds, side: Side): Promise<TowerOutput>;
  close(): Promise<void>;
}

/** How a tower shares the processor. */
export interface TowerOptions {
  /** Threads of ONNX Runtime in all; by default one per processor. */
  readonly threads?: number | undefined;
  /** Batches computed side by side, each with its share of the threads and its own copy of the weights. */
  readonly lanes?: number;
  /** Whether the graph has products in int8. */
  readonly isInt8?: boolean;
}

/** More than any machine has processors: ONNX Runtime makes as many as it is told. */
const mostThreads = 256;

/**
 * Opens an ONNX graph that embeds one side, or both where the two towers come in one graph. Further lanes are opened when
 * there is work for them.
 * @throws RangeError for a number of threads that makes no sense
 * @throws UserError when ONNX Runtime cannot read the graph, or it lacks the output of a side
 */
export async function openTower(
  path: string,
  sides: readonly Side[],
  options: TowerOptions = {},
): Promise<Tower> {
  const { threads = availableParallelism(), lanes: mostLanes = 1, isInt8 = false } = options;
  if (!Number.isSafeInteger(threads) || threads < 1 || threads > mostThreads) {
    throw new RangeError(`${threads} threads: from 1 to ${mostThreads}`);
  }
  silenceTelemetry();
  const laneCount = Math.max(1, Math.min(mostLanes, threads));
  const startLane = (index: number) =>
    // What does not divide evenly goes to the first lanes.
    openLane({ path, sides, threads: Math.floor((threads + laneCount - 1 - index) / laneCount), isInt8 });
  const lanes = [startLane(0)];
  try {
    await lanes[0]?.opened;
  } catch (error) {
    await lanes[0]?.close();
    throw error;
  }
  return {
    run: (feeds, side) => {
      let lane = lanes.reduce((a, b) => (b.waiting() < a.waiting() ? b : a));
      if (lane.waiting() > 0 && lanes.length < laneCount) {
        lane = startLane(lanes.length);
        lanes.push(lane);
      }
      return lane.run(feeds, side);
    },
    close: async () => {
      await Promise.all(lanes.map((lane) => lane.close()));
    },
  };
}

interface Lane {
  readonly opened: Promise<unknown>;
  /** Batches that were handed over and have no answer yet. */
  waiting(): number;
  run(feeds: TowerFeeds, side: Side): Promise<TowerOutput>;
  close(): Promise<void>;
}

interface Waiting {
  readonly resolve: (output: TowerOutput) => void;
  readonly reject: (error: unknown) => void;
}

function openLane(workerData: TowerWorkerData): Lane {
  // Built, this file and its worker end in .js; in tests and tools they run unbuilt.
  const entry = import.meta.url.endsWith(".ts") ? "./towerWorker.ts" : "./towerWorker.js";
  // Without the flags that this process was started with: `--input-type`, for one, fits no file.
  const worker = new Worker(new URL(entry, import.meta.url), { workerData, execArgv: [] });
  const waiting = new Map<number, Waiting>();
  let lastId = 0;
  let ended: unknown;
  let isClosing = false;
  const awaitAnswer = (id: number) =>
    new Promise<TowerOutput>((resolve, reject) => {
      if (ended !== undefined) reject(ended);
      waiting.set(id, { resolve, reject });
      // A tower that computes keeps the process alive, an idle one does not.
      worker.ref();
    });
  const end = (error: unknown) => {
    ended ??= error;
    for (const { reject } of waiting.values()) reject(ended);
    waiting.clear();
  };
  const opened = awaitAnswer(0);
  // Whoever waits for a batch hears of a failed opening by that.
  opened.catch(() => undefined);
  worker.on("message", (answer: TowerAnswer) => {
    const caller = waiting.get(answer.id);
    waiting.delete(answer.id);
    if (waiting.size === 0 && !isClosing) worker.unref();
    if ("failure" in answer) caller?.reject(fromFailure(answer.failure));
    else caller?.resolve(answer.output as TowerOutput);
  });
  worker.on("error", end);
  const exited = new Promise<void>((resolve) => {
    worker.on("exit", () => resolve());
  });
  worker.on("exit", () => end(new Error(`${workerData.path}: the tower's thread has ended`)));
  return {
    opened,
    waiting: () => waiting.size,
    run: (feeds, side) => {
      lastId += 1;
      const request: TowerRequest = { id: lastId, feeds, side };
      const answered = awaitAnswer(lastId);
      worker.postMessage(request);
      return answered;
    },
    close: async () => {
      isClosing = true;
      worker.postMessage("end" satisfies TowerRequest);
      // Without this nobody would wait for a thread that is idle, and the process would end in the middle of what follows.
      worker.ref();
      await exited;
    },
  };
}

function fromFailure({ error, user }: TowerFailure): unknown {
  if (user === undefined || !(error instanceof Error)) return error;
  const { hint } = user;
  return new UserError(error.message, { ...(hint !== undefined && { hint }), cause: error.cause });
}
