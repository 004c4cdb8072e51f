import { copyFileSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { describe, expect, it, onTestFinished } from "vitest";
import { UserError } from "../../../src/errors.ts";
import { packageRoot } from "../../../src/packageRoot.ts";
import {
  type Indexing,
  type IndexingOptions,
  openIndexing,
} from "../../../src/pipeline/indexing/indexingJob.ts";
import type {
  IndexingPhase,
  IndexingSpec,
  IndexingState,
} from "../../../src/pipeline/indexing/indexingState.ts";
import { openStudy } from "../../../src/store/openStudy.ts";
import { makeCopies, makePictures } from "../../kill/makePictures.ts";
import { startHubFixture, vision } from "../../model/hubFixture.ts";
import { temporaryFolder } from "../../temporaryFolder.ts";

const spec = { model: "demo", precision: "float32", scoring: "max" } as const;

/** A study with the demo's codebook, beside a folder of pictures. */
async function newIndexing(pictures: number, more: Partial<IndexingOptions> = {}) {
  const folder = temporaryFolder();
  const codebookPath = join(folder, "codebook.yaml");
  copyFileSync(join(packageRoot, "demo/codebook.yaml"), codebookPath);
  await makeCopies(join(folder, "pictures"), pictures);
  const study = openStudy(folder);
  const faults: unknown[] = [];
  const indexing = openIndexing({ study, codebookPath, onFault: (error) => faults.push(error), ...more });
  onTestFinished(async () => {
    await indexing.close();
    study.close();
    expect(faults).toEqual([]);
  });
  const start = (more: Partial<IndexingSpec> = {}) =>
    indexing.start({ ...spec, inputs: [join(folder, "pictures")], ...more });
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

function phase(indexing: Indexing, wanted: IndexingPhase): Promise<IndexingState> {
  return state(indexing, (now) => now.phase === wanted);
}

function end(indexing: Indexing): Promise<IndexingState> {
  return state(indexing, (now) => ["stopped", "done", "failed"].includes(now.phase));
}

const firstIsStored = ({ progress }: IndexingState) => progress.embedded > 0;

function storedEmbeddings(folder: string): number {
  const database = new DatabaseSync(join(folder, "clipbook.db"), { readOnly: true });
  const stored = Number(database.prepare("SELECT count(*) AS n FROM embedding").get()?.n);
  database.close();
  return stored;
}

describe("an indexing job", () => {
  it("classifies as the command line does, goes through its phases in order, and counts", async () => {
    const { folder, study, indexing, start } = await newIndexing(60);
    writeFileSync(join(folder, "pictures", "bad.jpg"), "<html>");
    writeFileSync(join(folder, "pictures", "notes.txt"), "");
    const phases: IndexingPhase[] = [];
    indexing.onChange(() => {
      if (phases.at(-1) !== indexing.state().phase) phases.push(indexing.state().phase);
    });
    await start({ scoring: "sum", view: "pad" });
    const done = await end(indexing);
    expect(phases).toEqual(["opening", "counting", "running", "done"]);
    expect(done).toMatchObject({
      job: 1,
      of: 61,
      progress: { units: 61, embedded: 60, failed: 1, ignored: 1 },
      failures: [{ unit: join(folder, "pictures", "bad.jpg"), code: "not_an_image" }],
    });
    const run = study.runs.maybeGet(done.runId as number);
    expect(run).toMatchObject({ scoring: "sum", view: "pad", modelName: "demo" });
    expect(run?.settings).toEqual({
      aboutTheModel: expect.any(String),
      inputs: [join(folder, "pictures")],
    });
    expect(study.runs.counts(done.runId as number)).toMatchObject({ units: 61, classified: 60 });
  });

  it("paused stores what is in the tower and then stands still, and goes on to the same end", async () => {
    const all = 400;
    const { folder, study, indexing, start } = await newIndexing(all);
    await start();
    const { progress: before } = await state(indexing, firstIsStored);
    expect(indexing.pause()).toBe(true);
    expect(indexing.state().phase).toBe("pausing");
    const { progress } = await phase(indexing, "paused");
    // Two parts of 8 were in the tower at most, and a third was ready.
    expect(progress.embedded - before.embedded).toBeLessThanOrEqual(24);
    expect(storedEmbeddings(folder)).toBe(progress.embedded);
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(storedEmbeddings(folder)).toBe(progress.embedded);
    expect(indexing.state().imagesPerSecond).toBeUndefined();
    expect(indexing.resume()).toBe(true);
    const done = await end(indexing);
    expect([done.phase, done.progress.embedded]).toEqual(["done", all]);
    expect(study.runs.counts(done.runId as number).classified).toBe(all);
  });

  it("paused twice and resumed before it has paused goes on as well", async () => {
    const { indexing, start } = await newIndexing(200);
    await start();
    await state(indexing, firstIsStored);
    indexing.pause();
    indexing.resume();
    expect(indexing.state().phase).toBe("running");
    indexing.pause();
    await phase(indexing, "paused");
    indexing.resume();
    expect((await end(indexing)).progress.embedded).toBe(200);
  });

  it.for(["running", "paused"] as const)(
    "stopped while it is %s leaves no run, and the next job does the rest",
    async (when) => {
      const all = 400;
      const { folder, study, indexing, start } = await newIndexing(all);
      await start();
      await state(indexing, firstIsStored);
      if (when === "paused") {
        indexing.pause();
        await phase(indexing, "paused");
      }
      expect(indexing.stop()).toBe(true);
      expect(indexing.state().phase).toBe("stopping");
      const stopped = await end(indexing);
      expect([stopped.phase, stopped.runId, study.runs.list()]).toEqual(["stopped", undefined, []]);
      const stored = storedEmbeddings(folder);
      expect(stored).toBe(stopped.progress.embedded);
      expect(stored).toBeLessThan(all);
      await start();
      const done = await end(indexing);
      expect(done).toMatchObject({ phase: "done", job: 2, progress: { embedded: all - stored } });
      expect(study.runs.list().map(({ id }) => id)).toEqual([done.runId]);
      expect(study.runs.unfinished()).toEqual([]);
    },
  );

  it("ends with the server, finished batches stored, and none begins any more", async () => {
    const { folder, study, indexing, start } = await newIndexing(400);
    await start();
    await state(indexing, firstIsStored);
    await indexing.close();
    expect(indexing.state().phase).toBe("stopped");
    expect(storedEmbeddings(folder)).toBe(indexing.state().progress.embedded);
    expect(study.runs.list()).toEqual([]);
    await expect(start()).rejects.toThrow(UserError);
  });

  it("holds the study, and refuses a second one meanwhile", async () => {
    const { folder, indexing, start } = await newIndexing(100);
    const starting = start();
    await expect(start()).rejects.toThrow("images are being added already");
    await starting;
    await state(indexing, firstIsStored);
    indexing.pause();
    await phase(indexing, "paused");
    const other = openStudy(folder);
    onTestFinished(() => other.close());
    expect(() => other.lock()).toThrow("this Clipbook is classifying in this study already");
    indexing.resume();
    expect((await end(indexing)).phase).toBe("done");
  });

  it("fails with the usual message where another run holds the study, and can be started again", async () => {
    const { folder, indexing, start } = await newIndexing(3);
    const other = openStudy(folder);
    onTestFinished(() => other.close());
    const lock = other.lock();
    await start();
    const failed = await end(indexing);
    expect(failed).toMatchObject({ phase: "failed", error: expect.any(UserError) });
    expect((failed.error as UserError).message).toMatch(
      /this Clipbook is classifying in this study already$/,
    );
    lock.release();
    await start();
    expect((await end(indexing)).phase).toBe("done");
  });

  it("does not begin with a codebook or inputs that cannot be opened: what was, stays", async () => {
    const { folder, indexing, start } = await newIndexing(3);
    await start();
    const done = await end(indexing);
    await expect(start({ inputs: [join(folder, "nothing")] })).rejects.toThrow("there is no such file");
    await expect(start({ imageColumn: "x" })).rejects.toThrow("needs a table");
    writeFileSync(join(folder, "codebook.yaml"), "A: []\n");
    await expect(start()).rejects.toThrow(UserError);
    expect(indexing.state()).toEqual(done);
  });

  it("fails with a model that is not there", async () => {
    const { indexing, start } = await newIndexing(3);
    await start({ model: "no-such-model" });
    const { phase: at, error } = await end(indexing);
    expect([at, (error as UserError).message]).toEqual(["failed", 'there is no model "no-such-model"']);
  });

  it("tells how far the model's download is, and stops in the middle of it", async () => {
    const { server, environment, model, close } = await startHubFixture();
    onTestFinished(close);
    const { indexing, start } = await newIndexing(3, { environment, registry: [model] });
    server.fail(vision, { kind: "stall", afterBytes: 1_000 });
    await start({ model: model.id });
    const { phase: at, download } = await state(
      indexing,
      ({ download: now }) => now?.file === vision && now.fileBytes > 0,
    );
    expect([at, download?.model]).toEqual(["opening", model.id]);
    expect(download?.bytes).toBeLessThan(download?.totalBytes as number);
    indexing.stop();
    const stopped = await end(indexing);
    expect([stopped.phase, stopped.download]).toEqual(["stopped", undefined]);
    await start({ model: model.id });
    expect((await end(indexing)).phase).toBe("done");
  });

  it("lists the first hundred failures and counts all, and names folders that it leaves out", async () => {
    const { folder, indexing, start } = await newIndexing(1);
    for (let i = 0; i < 130; i++)
      writeFileSync(join(folder, "pictures", `bad${String(i).padStart(3, "0")}.png`), "<html>");
    const drawn = join(folder, "pictures", "drawn");
    mkdirSync(drawn);
    await makePictures(drawn, 1);
    writeFileSync(join(drawn, ".made-by-clipbook"), "");
    await start();
    const done = await end(indexing);
    expect(done.progress.failed).toBe(130);
    expect(done.failures).toHaveLength(100);
    expect(done.failures[99]?.unit).toBe(join(folder, "pictures", "bad099.png"));
    expect(done.leftOut).toEqual([drawn]);
  });

  it("cannot be paused, resumed or stopped where that makes no sense", async () => {
    const { indexing, start } = await newIndexing(3);
    expect([indexing.pause(), indexing.resume(), indexing.stop()]).toEqual([false, false, false]);
    await start();
    await end(indexing);
    expect([indexing.pause(), indexing.resume(), indexing.stop()]).toEqual([false, false, false]);
  });
});
