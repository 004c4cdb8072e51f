import { existsSync, mkdtempSync, readdirSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { loadEncoder } from "../src/model/loadEncoder.ts";
import type { BenchContext } from "./benchContext.ts";
import { writePictureSet } from "./pictureSet.ts";
import { runQueued } from "./queuedRun.ts";
import { openQueuedSeries, processorRows, type QueuedRow } from "./queuedSeries.ts";
import { queueJobSize } from "./queueJobSize.ts";
import { maybeRedisMissing } from "./redisProcess.ts";
import { writeSmallPictures } from "./syntheticStudy.ts";
import { runTurn } from "./takeTurns.ts";

/** A file system in memory, where there is one. */
const memoryDisk = "/dev/shm";

const intakeRows: readonly QueuedRow[] = [
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

/** What a coordinator takes in from a worker that has the vectors ready, and the parts of its own work alone. */
export async function measureIntake(context: BenchContext): Promise<void> {
  const { options, work, pictures, codebook, save, tell } = context;
  const count = options.quick ? 1000 : 100_000;
  const dim = await lengthOfEmbeddings(options.model);
  const of = `${count.toLocaleString("en-US")} small pictures`;
  await measurePhotographs(context, dim);
  const names = ["disk", ...(existsSync(memoryDisk) ? ["memory"] : [])];
  for (const name of names) {
    const place = name === "disk" ? work : mkdtempSync(join(memoryDisk, "clipbook-bench-"));
    const series = openQueuedSeries(context, `workers-intake-${name}`, `${of}, ${name}`, intakeRows);
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
        const spec = { folder, study, model: options.model, codebook, jobSize: queueJobSize(options) };
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
