import { copyFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { describe, expect, it, onTestFinished } from "vitest";
import { packageRoot } from "../../../src/packageRoot.ts";
import { type Indexing, openIndexing } from "../../../src/pipeline/indexing/indexingJob.ts";
import type { IndexingState } from "../../../src/pipeline/indexing/indexingState.ts";
import { parseQueueAddress } from "../../../src/queue/queueAddress.ts";
import { openStudy } from "../../../src/store/openStudy.ts";
import { makeCopies } from "../../kill/makePictures.ts";
import { startWorkers } from "../../queue/startWorkers.ts";
import { maybeRedis, type TestRedis } from "../../queue/testRedis.ts";
import { temporaryFolder } from "../../temporaryFolder.ts";

/** A study with the demo's codebook whose jobs go through a queue. */
async function newIndexing(redis: TestRedis, pictures: number, { worksItself }: { worksItself: boolean }) {
  const folder = temporaryFolder();
  const codebookPath = join(folder, "codebook.yaml");
  copyFileSync(join(packageRoot, "demo/codebook.yaml"), codebookPath);
  await makeCopies(join(folder, "pictures"), pictures);
  writeFileSync(join(folder, "pictures", "bad.jpg"), "<html>");
  const study = openStudy(folder);
  const faults: unknown[] = [];
  const queue = {
    address: parseQueueAddress(redis.address),
    roots: [{ name: "here", place: folder }],
    localWorker: worksItself ? { model: "" } : undefined,
    jobSize: 16,
  };
  const onFault = (error: unknown) => faults.push(error);
  const indexing = openIndexing({ study, codebookPath, queue, threads: 1, onFault });
  onTestFinished(async () => {
    await indexing.close();
    study.close();
    expect(faults).toEqual([]);
  });
  const inputs = [join(folder, "pictures")];
  const start = () => indexing.start({ inputs, model: "demo", precision: "float32", scoring: "max" });
  return { folder, study, indexing, start };
}

/** Resolves with the first state that is asked for. */
function state(indexing: Indexing, isWanted: (state: IndexingState) => boolean): Promise<IndexingState> {
  return new Promise((resolve) => {
    const look = () => {
      if (!isWanted(indexing.state())) return;
      end();
      resolve(indexing.state());
    };
    const end = indexing.onChange(look);
    look();
  });
}

const isOver = ({ phase }: IndexingState) => ["stopped", "done", "failed"].includes(phase);
const firstIsStored = ({ progress }: IndexingState) => progress.embedded > 0;

describe("an indexing job on a queue", () => {
  it("tells who works while it runs, and who did what at its end; paused, all stand still", async () => {
    const redis = await maybeRedis();
    if (redis === undefined) return;
    const all = 800;
    const { folder, indexing, start, study } = await newIndexing(redis, all, { worksItself: true });
    expect(indexing.state().queue).toMatchObject({
      address: redis.address,
      isThisMachine: true,
      workers: [],
    });
    startWorkers(1, ["--queue", redis.address, "--root", `here=${folder}`, "--threads", "1"]);
    await start();
    const told = await state(indexing, ({ queue }) => queue?.workers.length === 2);
    expect(told.queue?.workers.map(({ isLocal }) => isLocal).sort()).toEqual([false, true]);
    expect(told.queue?.notes.filter((note) => note.endsWith("has joined"))).toHaveLength(2);
    await state(indexing, firstIsStored);
    expect(indexing.pause()).toBe(true);
    const paused = await state(indexing, ({ phase }) => phase === "paused");
    const { embedded } = paused.progress;
    expect(embedded).toBeLessThan(all);
    // Also when Redis has forgotten meanwhile that it was to wait: what it lost comes back to it, and nobody begins with it.
    await redis.kill();
    await redis.restart();
    await wait(13_000);
    expect(indexing.state()).toMatchObject({ phase: "paused", progress: { embedded } });
    expect(indexing.resume()).toBe(true);
    const done = await state(indexing, isOver);
    expect(done).toMatchObject({ phase: "done", progress: { embedded: all, failed: 1 } });
    expect(done.queue?.workers).toEqual([]);
    const shares = done.queue?.shares ?? [];
    expect(shares.map(({ embedded }) => embedded).reduce((sum, own) => sum + own, 0)).toBe(all);
    expect(study.runs.counts(done.runId as number)).toMatchObject({ units: all + 1, classified: all });
  });

  it("says that Redis is gone, goes on when it is there again, and stops without it", async () => {
    const redis = await maybeRedis();
    if (redis === undefined) return;
    const { indexing, start } = await newIndexing(redis, 40, { worksItself: false });
    const note = () => indexing.state().queue?.notes.at(-1);
    await start();
    await state(indexing, ({ phase }) => phase === "running");
    await wait(500);
    await redis.kill();
    await state(indexing, ({ queue }) => queue?.trouble !== undefined);
    expect(note()).toMatch(/^Redis cannot be reached .*: waiting for it$/);
    await redis.restart();
    await state(indexing, ({ queue }) => queue?.trouble === undefined);
    expect(note()).toBe("Redis is there again: the work goes on");
    await redis.kill();
    await state(indexing, ({ queue }) => queue?.trouble !== undefined);
    expect(indexing.stop()).toBe(true);
    const stopped = await state(indexing, isOver);
    expect(stopped).toMatchObject({ phase: "stopped", queue: { trouble: undefined } });
  });
});
