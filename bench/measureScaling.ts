import { existsSync, rmSync } from "node:fs";
import { join } from "node:path";
import { locateModel } from "../src/model/locateModel.ts";
import type { BenchContext } from "./benchContext.ts";
import { writePictureSet } from "./pictureSet.ts";
import { benchRoot, pinnable, runQueued, type WorkerCommand } from "./queuedRun.ts";
import { openQueuedSeries, processorRows } from "./queuedSeries.ts";
import { queueJobSize } from "./queueJobSize.ts";
import { maybeRedisMissing } from "./redisProcess.ts";
import { takeTurns } from "./takeTurns.ts";

/** One worker pinned to a processor, and two to one each, in turns on the same pictures. */
export async function measureScaling(context: BenchContext): Promise<void> {
  const { options, work, pictures, codebook, tell } = context;
  const cores = pinnable(2);
  const series = [1, 2].map((count) =>
    openQueuedSeries(context, `workers-scaling-${count}`, `${count} pinned`, processorRows),
  );
  const missing =
    maybeRedisMissing() ?? (cores.length < 2 ? "two processors of Linux are needed" : undefined);
  if (missing !== undefined) {
    for (const one of series) one.skip(missing);
    return;
  }
  const folder = join(work, "workers-pictures");
  const count = options.quick ? 256 : 1280;
  tell(`writing ${count} pictures`);
  await writePictureSet(folder, pictures, count);
  const model = await modelArguments(options.model);
  const workers = cores.map(
    (core): WorkerCommand => [
      ...([
        "taskset",
        "-c",
        `${core}`,
        process.execPath,
        join(import.meta.dirname, "../bin/clipbook.js"),
      ] as const),
      ...["worker", "--queue", "QUEUE", "--root", `${benchRoot}=${folder}`, "--threads", "1", ...model],
    ],
  );
  const turn = (workerCount: number) => async () => {
    const spec = {
      folder,
      study: join(work, "workers-study"),
      model: options.model,
      codebook,
      jobSize: queueJobSize(options),
    };
    const run = await runQueued({ ...spec, workers: workers.slice(0, workerCount) });
    series[workerCount - 1]?.add(run);
    return run.imagesPerSecond;
  };
  const participants = [1, 2].map((workerCount) => ({ key: `${workerCount}`, turn: turn(workerCount) }));
  await takeTurns(participants, options.repetitions, (_, __, failure) => {
    if (failure !== undefined) throw failure;
  });
  rmSync(folder, { recursive: true });
}

/** Workers find registered models by themselves. */
async function modelArguments(model: string): Promise<readonly string[]> {
  return existsSync(model) ? ["--model", (await locateModel(model)).directory] : [];
}
