import { existsSync, mkdtempSync, readdirSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { loadEncoder } from "../src/model/loadEncoder.ts";
import { locateModel } from "../src/model/locateModel.ts";
import { defaultJobSize } from "../src/pipeline/queue/queueSpec.ts";
import type { BenchContext } from "./benchContext.ts";
import { writePictureSet } from "./pictureSet.ts";
import { benchRoot, pinnable, type QueuedRun, runQueued, type WorkerCommand } from "./queuedRun.ts";
import { maybeRedisMissing } from "./redisProcess.ts";
import type { Measurement } from "./results.ts";
import { writeSmallPictures } from "./syntheticStudy.ts";
import { runTurn, takeTurns } from "./takeTurns.ts";

type Row = readonly [
  what: string,
  title: string,
  unit: Measurement["unit"],
  value: (run: QueuedRun) => number,
];

/** So few pictures that jobs of the usual size would be too few to report between them. */
const quickJobSize = 8;

/** A file system in memory, where there is one. */
const memoryDisk = "/dev/shm";

/**
 * Workers on a queue of this machine: how several pinned to a processor each compare with one, and how many images a coordinator
 * takes in when workers have the vectors ready.
 */
export async function runWorkers(context: BenchContext): Promise<void> {
  if (context.isWanted("workers-scaling")) await measureScaling(context);
  if (context.isWanted("workers-intake")) await measureIntake(context);
}

/** Rows of a series, as they are saved after each repetition. */
function openSeries({ save }: BenchContext, key: string, of: string, rows: readonly Row[]) {
  const runs: QueuedRun[] = [];
  return {
    add: (run: QueuedRun) => {
      runs.push(run);
      for (const [what, title, unit, value] of rows)
        save({ key: `${key}-${what}`, title: `${title}, ${of}`, unit, values: runs.map(value) });
    },
    skip: (notRun: string) => {
      for (const [what, title, unit] of rows)
        save({ key: `${key}-${what}`, title: `${title}, ${of}`, unit, values: [], notRun });
    },
  };
}

const processorRows: readonly Row[] = [
  ["rate", "images through the queue", "images/s", ({ imagesPerSecond }) => imagesPerSecond],
  ["workers-ms", "processor time of workers per image", "ms", ({ workersMs }) => workersMs],
  [
    "coordinator-ms",
    "processor time of the coordinator per image",
    "ms",
    ({ coordinatorMs }) => coordinatorMs,
  ],
  ["redis-ms", "processor time of Redis per image", "ms", ({ redisMs }) => redisMs],
];

async function measureScaling(context: BenchContext): Promise<void> {
  const { options, work, pictures, codebook, tell } = context;
  const cores = pinnable(2);
  const series = [1, 2].map((count) =>
    openSeries(context, `workers-scaling-${count}`, `${count} pinned`, processorRows),
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
      jobSize: jobSizeOf(options),
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

function jobSizeOf({ quick }: BenchContext["options"]): number {
  return quick ? quickJobSize : defaultJobSize;
}

/** Workers find registered models by themselves. */
async function modelArguments(model: string): Promise<readonly string[]> {
  return existsSync(model) ? ["--model", (await locateModel(model)).directory] : [];
}

const intakeRows: readonly Row[] = [
  ...processorRows,
  ["coordinator-peak", "peak memory of the coordinator", "MB", ({ coordinatorPeakMb }) => coordinatorPeakMb],
  ["redis-peak", "peak memory of Redis", "MB", ({ redisPeakMb }) => redisPeakMb],
  ["bytes-in", "into Redis, per image", "bytes", ({ bytesIn }) => bytesIn],
  ["bytes-out", "out of Redis, per image", "bytes", ({ bytesOut }) => bytesOut],
  ["whole", "from the start to the written table", "s", ({ wholeSeconds }) => wholeSeconds],
];

const parts = [
  ["find", "a coordinator's finding alone: listing and stat"],
  ["read", "the same, and reading and hashing"],
  ["store", "a coordinator's storing alone: images, embeddings, files"],
] as const;

/** As long as the model's are: the coordinator's phrases have to fit. */
async function lengthOfEmbeddings(model: string): Promise<number> {
  const encoder = await loadEncoder(model);
  try {
    return (await encoder.embedTexts(["a picture"])).dim;
  } finally {
    await encoder.close();
  }
}

async function measureIntake(context: BenchContext): Promise<void> {
  const { options, work, pictures, codebook, save, tell } = context;
  const count = options.quick ? 1000 : 100_000;
  const dim = await lengthOfEmbeddings(options.model);
  const of = `${count.toLocaleString("en-US")} small pictures`;
  await measurePhotographs(context, dim);
  const places = [
    ["disk", work],
    ...(existsSync(memoryDisk)
      ? [["memory", mkdtempSync(join(memoryDisk, "clipbook-bench-"))] as const]
      : []),
  ] as const;
  for (const [name, place] of places) {
    const series = openSeries(context, `workers-intake-${name}`, `${of}, ${name}`, intakeRows);
    try {
      const folder = join(place, "small");
      tell(`writing ${of}`);
      await writeSmallPictures(folder, pictures, count);
      for (const [part, title] of parts) {
        const values = await measurePart(context, part, { folder, place, dim });
        save({
          key: `workers-part-${name}-${part}`,
          title: `${title}, ${of}, ${name}`,
          unit: "images/s",
          values,
        });
      }
      const missing = maybeRedisMissing();
      if (missing !== undefined) {
        series.skip(missing);
        continue;
      }
      const worker = join(import.meta.dirname, "turns/storedWorker.ts");
      const study = join(place, "intake-study");
      for (let turn = 0; turn < options.repetitions; turn++) {
        const spec = { folder, study, model: options.model, codebook, jobSize: jobSizeOf(options) };
        series.add(await runQueued({ ...spec, workers: [[process.execPath, worker, "QUEUE", `${dim}`]] }));
      }
      const values = [statSync(join(study, "clipbook.db")).size / count];
      save({
        key: `workers-study-${name}`,
        title: `size of the study per image, ${of}, ${name}`,
        unit: "bytes",
        values,
      });
    } finally {
      if (place !== work) rmSync(place, { recursive: true, force: true });
    }
  }
}

/** Photographs as they are, from the memory of the system: what is left is the way through the system, and hashing. */
async function measurePhotographs(context: BenchContext, dim: number): Promise<void> {
  const { options, work, pictures, save } = context;
  const folder = join(work, "workers-photographs");
  const count = options.quick ? 100 : 5000;
  await writePictureSet(folder, pictures, count);
  const bytes = readdirSync(folder).reduce((sum, name) => sum + statSync(join(folder, name)).size, 0);
  const title = `finding, reading and hashing, photographs of ${Math.round(bytes / count / 1000)} kB on average`;
  const values = await measurePart(context, "read", { folder, place: work, dim });
  save({ key: "workers-part-photographs-read", title, unit: "images/s", values });
  rmSync(folder, { recursive: true });
}

async function measurePart(
  { options }: BenchContext,
  part: string,
  { folder, place, dim }: { readonly folder: string; readonly place: string; readonly dim: number },
): Promise<readonly number[]> {
  const script = join(import.meta.dirname, "turns/intakePart.ts");
  const values: number[] = [];
  for (let turn = 0; turn < options.repetitions; turn++) {
    const { count, seconds } = await runTurn(process.execPath, [
      script,
      part,
      folder,
      place,
      options.model,
      `${dim}`,
    ]);
    values.push(count / seconds);
  }
  return values;
}
