import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import type { Encoder } from "../../../src/model/openEncoder.ts";
import { classifyUnits } from "../../../src/pipeline/classifyUnits.ts";
import { loadCodebook } from "../../../src/pipeline/loadCodebook.ts";
import { openInputs } from "../../../src/pipeline/openInputs.ts";
import { type IndexInputsSpec, indexInputs } from "../../../src/pipeline/shards/indexInputs.ts";
import { mergeStudies } from "../../../src/pipeline/shards/mergeStudies.ts";
import { writeResults } from "../../../src/pipeline/writeResults.ts";
import { openStudy } from "../../../src/store/openStudy.ts";
import { tableFormatOf } from "../../../src/tables/tableFormat.ts";
import { golden, readReferenceImage, referenceFolder } from "../../images/reference.ts";
import { zipFile } from "../../images/zipFile.ts";
import { temporaryFolder } from "../../temporaryFolder.ts";
import { loadTinyModel } from "../../tinyModels.ts";

let encoder: Encoder;
beforeAll(async () => {
  encoder = await loadTinyModel("clip");
});
afterAll(() => encoder.close());

const names = ["gray.jpg", "photo.webp", "palette.png"] as const;

/** A folder with pictures that are there several times, an archive with the same and others, and a file that is none. */
function makeInputs(): string {
  const folder = temporaryFolder();
  for (const place of ["in", "in/more"]) {
    mkdirSync(join(folder, place));
    for (const name of names) copyFileSync(join(referenceFolder, "images", name), join(folder, place, name));
  }
  writeFileSync(join(folder, "in/bad.jpg"), "<html>");
  writeFileSync(join(folder, "in/notes.txt"), "none");
  const entries = ["gray.jpg", "upscale-9x9.png"].map((name) => ({ name, bytes: readReferenceImage(name) }));
  writeFileSync(join(folder, "a.zip"), zipFile(entries));
  return folder;
}

function newStudy(folder: string) {
  const study = openStudy(folder);
  onTestFinished(() => study.close());
  return study;
}

async function index(directory: string, inputs: readonly string[], more: Partial<IndexInputsSpec> = {}) {
  const opened = await openInputs(inputs);
  const study = newStudy(directory);
  try {
    return { study, ...(await indexInputs({ study, encoder, inputs: opened, ...more })) };
  } finally {
    await opened.close();
  }
}

async function tableOf(study: ReturnType<typeof newStudy>, folder: string, inputs: readonly string[]) {
  const codebookFile = join(folder, "codebook.json");
  writeFileSync(codebookFile, JSON.stringify(golden.codebook));
  const opened = await openInputs(inputs);
  const codebook = await loadCodebook(codebookFile);
  const { run, progress } = await classifyUnits({ study, encoder, codebook, inputs: opened });
  const path = join(temporaryFolder(), "t.csv");
  await writeResults(study, run, path, { format: tableFormatOf(path) });
  await opened.close();
  return { embedded: progress.embedded, text: readFileSync(path, "utf8") };
}

describe("indexing", () => {
  it.each([2, 3, 7])(
    "puts every picture of folders and archives, named in any order, into one of %i shards; merged they are the whole",
    async (of) => {
      const folder = makeInputs();
      const inputs = [join(folder, "in"), join(folder, "a.zip")];
      const shards = [];
      for (let number = 1; number <= of; number++) {
        const order = number % 2 === 0 ? inputs : inputs.toReversed();
        shards.push(await index(join(folder, `s${number}`), order, { shard: { number, of } }));
      }
      expect(new Set(shards.map(({ found }) => JSON.stringify(found.list))).size).toBe(1);
      expect(shards[0]?.found.list.units).toBe(9);
      expect(shards.reduce((sum, { found }) => sum + found.part.units, 0)).toBe(9);
      for (const { study } of shards) study.close();
      const target = join(folder, "all");
      const { lists } = await mergeStudies({ sources: shards.map(({ study }) => study.directory), target });
      expect(lists).toMatchObject([{ missing: [], units: 9, failures: { not_an_image: 1 } }]);
      const all = await tableOf(newStudy(target), folder, inputs);
      const one = await tableOf(newStudy(join(folder, "one")), folder, inputs);
      expect([all.embedded, one.embedded]).toEqual([0, 4]);
      expect(all.text).toBe(one.text);
    },
  );

  it("tells failures in order with their codes, and notes what was found and with what", async () => {
    const folder = makeInputs();
    const failed: unknown[] = [];
    const ignored: string[] = [];
    const { study, found, progress } = await index(join(folder, "s"), [join(folder, "in")], {
      view: "pad",
      clock: () => new Date("2026-05-01T10:00:00Z"),
      onFailure: (unit, { code }) => failed.push([unit, code]),
      onIgnored: (file) => ignored.push(file.ignored),
    });
    expect(failed).toEqual([[join(folder, "in/bad.jpg"), "not_an_image"]]);
    expect(ignored).toEqual([join(folder, "in/notes.txt")]);
    expect(progress).toMatchObject({ units: 7, embedded: 3, failed: 1, ignored: 1 });
    expect(found.part).toEqual(found.list);
    expect(study.indexings.list()).toMatchObject([
      {
        view: "pad",
        modelName: "tiny-clip",
        inputs: [join(folder, "in")],
        shard: undefined,
        startedAt: "2026-05-01T10:00:00.000Z",
        completed: { list: { units: 7 }, failures: { not_an_image: 1 }, ignored: 1 },
      },
    ]);
    expect(study.indexings.list()[0]?.versions.map(({ name }) => name)).toContain("onnxruntime-node");
    expect(study.runs.list()).toEqual([]);
  });

  it("that was stopped is not complete, and the same call goes on with it", async () => {
    const folder = makeInputs();
    const stop = new AbortController();
    const directory = join(folder, "s");
    const stopped = index(directory, [join(folder, "in")], {
      batchSize: 1,
      signal: stop.signal,
      onProgress: () => stop.abort(),
    });
    await expect(stopped).rejects.toThrow("aborted");
    const study = newStudy(directory);
    expect(study.indexings.list()).toMatchObject([{ completed: undefined }]);
    study.close();
    const again = await index(directory, [join(folder, "in")], { batchSize: 1 });
    expect(again.study.indexings.list()).toHaveLength(1);
    expect(again.study.indexings.list()[0]?.completed?.part.units).toBe(7);
    expect(again.progress.embedded).toBeLessThan(3);
  });

  it("that was stopped binds nobody to its number of shards, and one that is complete does", async () => {
    const folder = makeInputs();
    const stop = new AbortController();
    const begin = (of: number, more: Partial<IndexInputsSpec> = {}) =>
      index(join(folder, "s"), [join(folder, "in")], { shard: { number: 1, of }, ...more });
    await expect(
      begin(1, { batchSize: 1, signal: stop.signal, onProgress: () => stop.abort() }),
    ).rejects.toThrow("aborted");
    const { study } = await begin(2);
    expect(study.indexings.list().map(({ shard }) => shard)).toEqual([{ number: 1, of: 2 }]);
    await expect(begin(3)).rejects.toThrow("shard 1 of 3 is of another division");
  });

  it("holds the study, and refuses shards that do not exist before it does", async () => {
    const folder = makeInputs();
    const inputs = [join(folder, "in")];
    const study = newStudy(join(folder, "s"));
    const lock = study.lock();
    await expect(index(study.directory, inputs, { lockWaitMs: 0 })).rejects.toThrow(
      "is classifying in this study",
    );
    await expect(index(study.directory, inputs, { shard: { number: 0, of: 2 } })).rejects.toThrow(RangeError);
    lock.release();
  });
});
