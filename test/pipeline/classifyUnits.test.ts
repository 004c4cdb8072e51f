import { copyFileSync, cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { describe, expect, it, onTestFinished } from "vitest";
import { UserError } from "../../src/errors.ts";
import { locateModel } from "../../src/model/locateModel.ts";
import { openEncoder } from "../../src/model/openEncoder.ts";
import { type ClassifySpec, classifyUnits } from "../../src/pipeline/classifyUnits.ts";
import { loadCodebook } from "../../src/pipeline/loadCodebook.ts";
import { openInputs } from "../../src/pipeline/openInputs.ts";
import { writeResults } from "../../src/pipeline/writeResults.ts";
import { openStudy } from "../../src/store/openStudy.ts";
import type { RunRow } from "../../src/store/runStore.ts";
import { tableFormatOf } from "../../src/tables/tableFormat.ts";
import { golden, readReferenceImage, referenceFolder } from "../images/reference.ts";
import { temporaryFolder } from "../temporaryFolder.ts";
import { loadTinyModel, tinyModelFolder } from "../tinyModels.ts";

const images = join(referenceFolder, "images");

/** A study with the notebook's codebook and the tiny model. */
async function prepare(options: { codebook?: Record<string, string[]>; family?: "clip" | "siglip" } = {}) {
  const folder = temporaryFolder();
  const codebookPath = join(folder, "codebook.json");
  writeFileSync(codebookPath, JSON.stringify(options.codebook ?? golden.codebook));
  const study = openStudy(join(folder, "study"));
  onTestFinished(() => study.close());
  const encoder = await loadTinyModel(options.family ?? "clip");
  onTestFinished(() => encoder.close());
  return { folder, codebookPath, study, encoder };
}

async function run(
  prepared: Awaited<ReturnType<typeof prepare>>,
  inputNames: readonly string[],
  spec: Partial<ClassifySpec> = {},
) {
  const inputs = await openInputs(inputNames);
  const { study, encoder, codebookPath } = prepared;
  const codebook = await loadCodebook(codebookPath);
  const classification = await classifyUnits({ study, encoder, codebook, inputs, ...spec });
  await inputs.close();
  return { ...classification, rows: [...study.runs.rows(classification.run.id)], inputs };
}

function categoryOf(row: RunRow): string | undefined {
  return row.prediction && Object.keys(golden.codebook)[row.prediction.category];
}

function baseName(row: RunRow): string {
  return row.unit.name.slice(images.length + 1);
}

describe("classifyUnits against the notebook's table", () => {
  it("gives every picture with a margin above 3 points the same category and phrase", async () => {
    const { rows } = await run(await prepare(), [images]);
    const phrases = Object.values(golden.codebook).flat();
    const byName = new Map(rows.map((row) => [baseName(row), row]));
    const clear = golden.table.filter(
      (row) => row.margin_percent > 3 && row.Image !== "exif-orientation-6.jpg",
    );
    expect(clear.length).toBeGreaterThan(20);
    for (const expected of clear) {
      const row = byName.get(expected.Image) as RunRow;
      expect([row.unit.name, categoryOf(row)]).toEqual([row.unit.name, expected.Classification]);
      expect(phrases[row.prediction?.phrase as number]).toBe(expected["Classification Label"]);
    }
  });

  it("lists the two best phrases as the notebook does, also of one category", async () => {
    const prepared = await prepare();
    const { run: done, inputs } = await run(prepared, [images]);
    const output = join(prepared.folder, "top.jsonl");
    await writeResults(prepared.study, done, output, { format: tableFormatOf(output), ...inputs, top: 2 });
    const rows = readFileSync(output, "utf8")
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line));
    expect(Object.keys(rows[0])).toEqual([
      "Image",
      "Classification_1",
      "Classification_label_1",
      "Classification_prob_1",
      "Classification_2",
      "Classification_label_2",
      "Classification_prob_2",
      "Classification Error",
    ]);
    const sameTwice = golden.table.find((row) => row.Image === "photo.webp");
    const own = rows.find((row) => row.Image.endsWith("/photo.webp"));
    expect(own.Classification_1).toBe(sameTwice?.Classification);
    expect(own.Classification_2).toBe(sameTwice?.second.Classification_2);
    expect(own.Classification_label_2).toBe(sameTwice?.second.Classification_label_2);
  });
});

describe("a picture that cannot be used", () => {
  it.each([1, 2, 4, 16])(
    "shifts no other's result, wherever it stands (batches of %i)",
    async (batchSize) => {
      const alone = await run(await prepare(), [images]);
      const expected = new Map(alone.rows.map((row) => [baseName(row), row.prediction]));
      const good = golden.images.map(({ image }) => image).slice(0, 12);
      const prepared = await prepare();
      const folder = join(prepared.folder, "mixed");
      mkdirSync(folder);
      // Bad ones first, last, alone and in rows: at every place of a batch.
      const order = [undefined, ...good.slice(0, 3), undefined, undefined, ...good.slice(3, 8)];
      order.push(undefined, undefined, undefined, undefined, ...good.slice(8), undefined);
      const names = order.map((image, i) => {
        const name = `${String(i).padStart(3, "0")}.img.${image ? image.split(".").at(-1) : "jpg"}`;
        if (image) copyFileSync(join(images, image), join(folder, name));
        else writeFileSync(join(folder, name), i % 2 === 0 ? "" : "<html>not found</html>");
        return name;
      });
      const { rows } = await run(prepared, [folder], { batchSize });
      expect(rows.map(({ unit }) => unit.name)).toEqual(names.map((name) => `${folder}/${name}`));
      order.forEach((image, i) => {
        const row = rows[i] as RunRow;
        if (image) expect(row.prediction).toEqual(expected.get(image));
        else expect(row.failure?.code).toBe(i % 2 === 0 ? "empty_file" : "not_an_image");
      });
    },
  );

  it("that vanishes during the run keeps its row", async () => {
    const prepared = await prepare();
    const folder = join(prepared.folder, "many");
    mkdirSync(folder);
    for (let i = 10; i < 40; i++) {
      writeFileSync(
        join(folder, `${i}.jpg`),
        Buffer.concat([readReferenceImage("gray.jpg"), Buffer.from([i])]),
      );
    }
    const { rows } = await run(prepared, [folder], {
      batchSize: 2,
      onProgress: () => rmSync(join(folder, "39.jpg"), { force: true }),
    });
    expect(rows).toHaveLength(30);
    expect(rows.at(-1)).toMatchObject({ failure: { code: "missing_file" }, prediction: undefined });
    expect(rows.filter(({ prediction }) => prediction)).toHaveLength(29);
  });
});

describe("running again", () => {
  it.each([
    ["not a number", "x'0000c07f' || substr(vector, 5)"],
    ["all zero", "zeroblob(length(vector))"],
    ["cut short", "substr(vector, 1, 8)"],
    ["one number far off", "x'00002041' || substr(vector, 5)"],
  ])("refuses a stored embedding that is %s, and classifies nothing by it", async (_, sql) => {
    const prepared = await prepare();
    await run(prepared, [images]);
    const database = new DatabaseSync(prepared.study.databasePath);
    database.exec(`UPDATE embedding SET vector = CAST(${sql} AS BLOB) WHERE image_id = 6`);
    database.close();
    const failed = await run(prepared, [images]).catch((error: unknown) => error);
    expect(failed).toBeInstanceOf(UserError);
    expect(failed).toMatchObject({ message: "the study's embedding of image 6 is damaged" });
  });

  it.each([
    ["UPDATE embedding SET vector = substr(vector, 1, 8) WHERE image_id = 1", "image 1"],
    ["UPDATE embedding SET vector = substr(vector, 1, 7)", "image 1"],
    ["UPDATE embedding SET vector = substr(vector, 1, 8)", "image 1"],
    ["UPDATE text_embedding SET vector = zeroblob(length(vector)) WHERE rowid = 1", '"'],
  ])("names whose embedding is damaged: %s", async (sql, whose) => {
    const prepared = await prepare();
    await run(prepared, [images]);
    const database = new DatabaseSync(prepared.study.databasePath);
    database.exec(sql);
    database.close();
    const failed = await run(prepared, [images]).catch((error: unknown) => error);
    expect(failed).toBeInstanceOf(UserError);
    expect((failed as UserError).message.startsWith(`the study's embedding of ${whose}`)).toBe(true);
  });

  it("opens no tower when nothing has changed", async () => {
    const prepared = await prepare();
    expect((await run(prepared, [images])).openedTowers.toSorted()).toEqual(["image", "text"]);
    const again = await run({ ...prepared, encoder: await loadTinyModel("clip") }, [images]);
    expect(again.openedTowers).toEqual([]);
    expect(again.progress.embedded).toBe(0);
  });

  it("needs only the text tower for a changed codebook, even with the image tower gone", async () => {
    const prepared = await prepare();
    const model = join(prepared.folder, "model");
    cpSync(tinyModelFolder("clip"), model, { recursive: true });
    const located = await locateModel(model);
    const first = await openEncoder(located, { logitScale: 100 });
    await run({ ...prepared, encoder: first }, [images]);
    rmSync(join(model, "onnx/vision_model.onnx"));
    const changed = { ...golden.codebook, Flags: ["a waving flag"] };
    writeFileSync(prepared.codebookPath, JSON.stringify(changed));
    const second = await openEncoder(located, { logitScale: 100 });
    const embedded: string[] = [];
    const counting = {
      ...second,
      embedTexts: (texts: readonly string[]) => {
        embedded.push(...texts);
        return second.embedTexts(texts);
      },
    };
    const { openedTowers, rows } = await run({ ...prepared, encoder: counting }, [images]);
    expect(openedTowers).toEqual(["text"]);
    expect(embedded).toEqual(["a waving flag"]);
    expect(rows.filter(({ prediction }) => prediction)).toHaveLength(24);
    await first.close();
    await second.close();
  });

  it("embeds a renamed picture no second time", async () => {
    const prepared = await prepare();
    const folder = join(prepared.folder, "pictures");
    mkdirSync(folder);
    copyFileSync(join(images, "gray.jpg"), join(folder, "a.jpg"));
    await run(prepared, [folder]);
    copyFileSync(join(folder, "a.jpg"), join(folder, "b.jpg"));
    rmSync(join(folder, "a.jpg"));
    expect((await run(prepared, [folder])).progress).toMatchObject({ units: 1, embedded: 0 });
  });

  it("embeds the same content once, however many files of one batch show it", async () => {
    const prepared = await prepare();
    const folder = join(prepared.folder, "pictures");
    mkdirSync(folder);
    for (let i = 0; i < 9; i++) copyFileSync(join(images, "gray.jpg"), join(folder, `${i}.jpg`));
    const { progress, rows } = await run(prepared, [folder], { batchSize: 3 });
    expect(progress).toMatchObject({ units: 9, embedded: 1 });
    expect(new Set(rows.map(({ imageId }) => imageId)).size).toBe(1);
  });

  it("sees that a file has other content by now", async () => {
    const prepared = await prepare();
    const folder = join(prepared.folder, "pictures");
    mkdirSync(folder);
    copyFileSync(join(images, "gray.jpg"), join(folder, "a.jpg"));
    const [before] = (await run(prepared, [folder])).rows;
    copyFileSync(join(images, "photo-444.jpg"), join(folder, "a.jpg"));
    const { rows, progress } = await run(prepared, [folder]);
    expect(progress.embedded).toBe(1);
    expect(rows[0]?.imageId).not.toBe(before?.imageId);
  });

  it("gives the same bytes", async () => {
    const prepared = await prepare();
    const tables: Buffer[] = [];
    for (const [index, batchSize] of [16, 16, 3].entries()) {
      const own = { ...prepared, study: openStudy(join(prepared.folder, `study-${index}`)) };
      const { run: done, inputs } = await run(own, [images], { batchSize });
      const output = join(prepared.folder, `${index}.csv`);
      await writeResults(own.study, done, output, {
        format: tableFormatOf(output),
        ...inputs,
        allScores: true,
      });
      tables.push(readFileSync(output));
      own.study.close();
    }
    expect(tables[1]?.equals(tables[0] as Buffer)).toBe(true);
    expect(tables[2]?.equals(tables[0] as Buffer)).toBe(true);
  });
});

describe("interrupting", () => {
  it("keeps finished batches, and the next run goes on from there", async () => {
    const prepared = await prepare();
    const abort = new AbortController();
    const interrupted = run(prepared, [images], {
      batchSize: 4,
      signal: abort.signal,
      onProgress: ({ embedded }) => {
        if (embedded >= 8) abort.abort();
      },
    });
    const reason = await interrupted.catch((error: unknown) => error);
    expect(reason).toBe(abort.signal.reason);
    expect(prepared.study.runs.list()).toEqual([]);
    const { progress, rows } = await run(prepared, [images]);
    expect(progress.embedded).toBeLessThanOrEqual(16);
    expect(progress.embedded).toBeGreaterThan(0);
    const whole = await run(await prepare(), [images]);
    expect(rows.map(({ prediction }) => prediction)).toEqual(whole.rows.map(({ prediction }) => prediction));
  });
});

describe("what stops a classification", () => {
  it("a phrase longer than the context, unless it may be cut", async () => {
    const long = `${"flag ".repeat(100)}end`;
    const prepared = await prepare({ codebook: { Flags: [long], Other: ["a tree"] } });
    await expect(run(prepared, [images])).rejects.toThrow(
      /codebook\.json:1:\d+: phrase .* tokens, the model reads 77/,
    );
    const { run: done } = await run(prepared, [images], { truncate: true });
    expect(done.truncatedPhrases).toBe(1);
  });

  it("a folder without pictures", async () => {
    const prepared = await prepare();
    mkdirSync(join(prepared.folder, "empty"));
    writeFileSync(join(prepared.folder, "empty/notes.txt"), "x");
    await expect(run(prepared, [join(prepared.folder, "empty")])).rejects.toThrow(
      "no pictures here (1 other file)",
    );
    expect(prepared.study.runs.unfinished()).toEqual([]);
  });

  it.each([
    { view: "oval" },
    { scoring: "best" },
    { batchSize: 0 },
    { batchSize: 1.5 },
    { batchSize: Number.NaN },
    { maxPixels: 0 },
    { maxPixels: Number.NaN },
  ])("a setting that does not exist: %j", async (wrong) => {
    const prepared = await prepare();
    await expect(run(prepared, [images], wrong as Partial<ClassifySpec>)).rejects.toThrow(RangeError);
    expect(prepared.study.runs.unfinished()).toEqual([]);
  });

  it("the scoring sum with a sigmoid model", async () => {
    await expect(run(await prepare({ family: "siglip" }), [images], { scoring: "sum" })).rejects.toThrow(
      "sum",
    );
  });

  it("another run in the same study, by this process or another, which it leaves alone", async () => {
    const prepared = await prepare();
    const other = openStudy(prepared.study.directory);
    const lock = other.lock();
    await expect(run(prepared, [images])).rejects.toThrow("is classifying in this study");
    lock.release();
    other.close();
    expect((await run(prepared, [images])).rows).toHaveLength(28);
  });

  it("an unfinished run of whatever process, when nobody holds the study any more", async () => {
    const prepared = await prepare();
    const { run: first } = await run(prepared, [join(images, "gray.jpg")]);
    // Process 1 runs on every machine: its number must not lock the study for ever.
    prepared.study.transaction(() => prepared.study.runs.start({ ...first, writer: "1@elsewhere" }));
    await run(prepared, [images]);
    expect(prepared.study.runs.unfinished()).toEqual([]);
    expect(prepared.study.runs.list()).toHaveLength(2);
  });
});

describe("a SigLIP model", () => {
  it("answers with sigmoids over the squashed picture, as the reference", async () => {
    const prepared = await prepare({ family: "siglip" });
    const { run: done, rows } = await run(prepared, [images]);
    expect(done).toMatchObject({ view: "squash", probabilityKind: "sigmoid" });
    for (const { image, siglip } of golden.images) {
      if (image === "exif-orientation-6.jpg") continue;
      const row = rows.find((candidate) => baseName(candidate) === image);
      const [best, second] = siglip.probabilities.toSorted((a, b) => b - a) as [number, number];
      expect(row?.prediction?.probability).toBeCloseTo(best, 1);
      if (best - second > 0.03) expect(row?.prediction?.phrase).toBe(siglip.probabilities.indexOf(best));
    }
  });
});
