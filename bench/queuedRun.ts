import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { rm } from "node:fs/promises";
import { availableParallelism } from "node:os";
import { UserError } from "../src/errors.ts";
import { processorTimeMs } from "./processorTime.ts";
import { startRedisProcess } from "./redisProcess.ts";
import { runClipbook } from "./runClipbook.ts";
import { maybeProgress, steadySpan } from "./steadyRate.ts";

/** Who takes the jobs: the program and its arguments, with `QUEUE` where the queue's address belongs. */
export type WorkerCommand = readonly [program: string, ...args: string[]];

/** A classification by workers on a queue of this machine, which do all the embedding. */
export interface QueuedRunSpec {
  readonly folder: string;
  /** A folder that is made anew. */
  readonly study: string;
  readonly model: string;
  readonly codebook: string;
  readonly workers: readonly WorkerCommand[];
  /** Images in a job. */
  readonly jobSize: number;
}

/** The middle of the run, as in `steadyRate`, and what it held over all. */
export interface QueuedRun {
  readonly imagesPerSecond: number;
  /** Processor time per image, in milliseconds. */
  readonly coordinatorMs: number;
  readonly redisMs: number;
  readonly workersMs: number;
  /** From the start to the written table. */
  readonly wholeSeconds: number;
  readonly coordinatorPeakMb: number;
  readonly redisPeakMb: number;
  /** Into Redis and out of it, per image. */
  readonly bytesIn: number;
  readonly bytesOut: number;
}

/** The name of the root on both sides. */
export const benchRoot = "bench";

/** @throws UserError where the coordinator or a worker fails */
export async function runQueued(spec: QueuedRunSpec): Promise<QueuedRun> {
  const { folder, study, model, codebook, jobSize } = spec;
  await rm(study, { recursive: true, force: true });
  const redis = await startRedisProcess();
  const workers = spec.workers.map((command) => startWorker(command, redis.address));
  try {
    const samples: Sample[] = [];
    let coordinator = 0;
    for (const worker of workers) {
      // Without it the coordinator would wait for another one for ever.
      worker.once("exit", (code) => {
        if (code !== 0 && coordinator !== 0) process.kill(coordinator, "SIGTERM");
      });
    }
    const args = ["classify", folder, "--study", study, "--codebook", codebook, "--model", model];
    const queue = [
      "--queue",
      redis.address,
      "--root",
      `${benchRoot}=${folder}`,
      "--no-work",
      "--job-size",
      `${jobSize}`,
    ];
    const { seconds, answer, residentSize } = await runClipbook(
      [...args, ...queue, "--no-overview", "--json"],
      {
        onStart: (pid) => {
          coordinator = pid;
        },
        onLine: (text, atSeconds) => {
          const report = maybeProgress(text);
          if (report === undefined) return;
          samples.push({
            ...report,
            seconds: atSeconds,
            coordinatorMs: processorTimeMs(coordinator),
            redisMs: processorTimeMs(redis.pid),
            workersMs: workers.reduce((sum, { pid }) => sum + processorTimeMs(pid as number), 0),
          });
        },
      },
    ).finally(() => {
      coordinator = 0;
    });
    for (const { exitCode } of workers)
      if (exitCode !== null && exitCode !== 0) throw new UserError(`a worker ended with ${exitCode}`);
    const { embedded } = answer as { embedded: number };
    const { first, last } = steadySpan(samples);
    const count = last.done - first.done;
    return {
      imagesPerSecond: count / (last.seconds - first.seconds),
      coordinatorMs: (last.coordinatorMs - first.coordinatorMs) / count,
      redisMs: (last.redisMs - first.redisMs) / count,
      workersMs: (last.workersMs - first.workersMs) / count,
      wholeSeconds: seconds,
      coordinatorPeakMb: residentSize.peakMb,
      redisPeakMb: (await redis.field("used_memory_peak")) / 1e6,
      bytesIn: (await redis.field("total_net_input_bytes")) / embedded,
      bytesOut: (await redis.field("total_net_output_bytes")) / embedded,
    };
  } finally {
    await Promise.all(workers.map(endWorker));
    await redis.end();
  }
}

interface Sample {
  readonly done: number;
  readonly total: number;
  readonly seconds: number;
  readonly coordinatorMs: number;
  readonly redisMs: number;
  readonly workersMs: number;
}

/** The first of this machine's processors, as many as there are workers; empty where a process cannot be pinned to one. */
export function pinnable(count: number): readonly number[] {
  const cores = Array.from({ length: Math.min(count, availableParallelism()) }, (_, core) => core);
  return process.platform === "linux" ? cores : [];
}

function startWorker([program, ...args]: WorkerCommand, address: string): ChildProcess {
  const given = args.map((arg) => (arg === "QUEUE" ? address : arg));
  return spawn(program, given, { stdio: ["pipe", "ignore", "inherit"] });
}

async function endWorker(worker: ChildProcess): Promise<void> {
  if (worker.exitCode !== null || worker.signalCode !== null) return;
  const ended = once(worker, "exit");
  worker.kill("SIGTERM");
  await ended;
}
