import { cpSync, readdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { UserError } from "../../../src/errors.ts";
import {
  type ImportEmbeddingsSpec,
  importEmbeddings,
} from "../../../src/pipeline/embeddings/importEmbeddings.ts";
import { importedPath } from "../../../src/pipeline/embeddings/importedPath.ts";
import type { Study } from "../../../src/store/openStudy.ts";
import { loadTinyModel, tinyModelFolder } from "../../tinyModels.ts";
import { newStudy } from "../classifyInTest.ts";
import { namesOf, unitVectors, writeNpy, writeRetrieval, writeRows } from "./vectorFolders.ts";

const encoder = await loadTinyModel("clip");
const { dim } = await encoder.embedTexts(["a"]);
afterAll(() => encoder.close());

function setUp() {
  const { folder, study } = newStudy();
  const vectors = join(folder, "vectors");
  const take = (more: Partial<ImportEmbeddingsSpec> = {}) =>
    importEmbeddings({ study, folder: vectors, encoder, model: tinyModelFolder("clip"), ...more });
  return { folder, study, vectors, take };
}

/** What is stored of an import: names and vectors in order. */
function storedRows(study: Study, name: string) {
  const imported = study.imports.list().find((known) => known.name === name);
  if (imported === undefined) throw new RangeError(`no import ${name}`);
  const runId = study.transaction(() => {
    const run = study.runs.start({
      ...{ startedAt: "", writer: "", codebookFile: "", codebookText: "", encoderId: imported.encoderId },
      codebook: { title: undefined, templates: [], categories: [] } as never,
      ...{ modelName: "", repository: undefined, revision: undefined, view: imported.view, scoring: "max" },
      ...{ probabilityKind: "softmax", logitScale: 1, logitBias: 0, logitSource: "", truncatedPhrases: 0 },
      ...{ settings: {}, versions: [] },
    });
    study.imports.copyUnits(run, imported.id, 0, 1_000_000);
    study.runs.complete(run, "", 0);
    return run;
  });
  const rows = [...study.runs.rows(runId)];
  const ids = rows.flatMap(({ imageId }) => imageId ?? []);
  return {
    rows,
    names: rows.map(({ unit }) => unit.name),
    vectors: study.embeddings.vectorsOf(imported.encoderId, imported.view, ids).values,
  };
}

async function refusal(work: Promise<unknown>): Promise<{ message: string; hint: string }> {
  const error = await work.then(
    () => undefined,
    (cause) => cause,
  );
  expect(error).toBeInstanceOf(UserError);
  const { message, hint } = error as UserError;
  expect(hint).toBeTruthy();
  return { message, hint: hint ?? "" };
}

describe("importing embeddings", () => {
  it("reads clip-retrieval's parts by their numbers, and keeps float16's bits", async () => {
    const { study, vectors, take } = setUp();
    const values = new Float16Array(unitVectors(24, dim));
    await writeRetrieval(
      vectors,
      Array.from({ length: 12 }, (_, i) => values.subarray(2 * i * dim, 2 * (i + 1) * dim)),
      dim,
    );
    const { imported } = await take();
    expect(imported).toMatchObject({ name: "vectors", view: "center" });
    expect(imported.origin).toMatchObject({
      believed: {
        name: "tiny-clip",
        identity: encoder.identity,
        precision: "float32",
        modelFolder: tinyModelFolder("clip"),
      },
      ...{ folder: "vectors", layout: "clip-retrieval", numberType: "float16", imageColumn: "image_path" },
      ...{ files: 24, vectors: 24, normalised: 0, zero: 0, dim },
    });
    const stored = storedRows(study, "vectors");
    // Part 10 comes after part 9.
    expect(stored.names).toEqual(namesOf(24));
    expect(stored.vectors).toEqual(new Float32Array(values));
    const record = study.embeddings.encoder(imported.encoderId);
    expect(record).toMatchObject({ precision: "imported float16", family: "clip" });
    expect(record.identity).not.toBe(encoder.identity);
  });

  it.each(["csv", "tsv", "jsonl", "parquet"])("reads .npy with a .%s beside it", async (ending) => {
    const { study, vectors, take } = setUp();
    const values = unitVectors(3, dim);
    writeNpy(join(vectors, "a.npy"), values, dim);
    await writeRows(
      join(vectors, `rows.${ending}`),
      ["id", "url"],
      [
        ["1", "https://x.org/a"],
        ["2", "b.jpg"],
        ["3", ""],
      ],
    );
    await take();
    const stored = storedRows(study, "vectors");
    expect(stored.names).toEqual(["https://x.org/a", "b.jpg", ""]);
    expect(stored.vectors).toEqual(values);
  });

  it("keeps what has length 1 within float16's error, scales the rest, and gives what is zero a reason", async () => {
    const { study, vectors, take } = setUp();
    const values = unitVectors(5, dim);
    const scaled = (row: number, by: number) => {
      for (let i = row * dim; i < (row + 1) * dim; i++) values[i] = (values[i] as number) * by;
    };
    const expected = values.slice();
    scaled(1, 3);
    scaled(2, 0);
    scaled(3, 1 + 2 ** -12);
    scaled(4, 1e-20);
    writeNpy(join(vectors, "a.npy"), values, dim);
    await writeRows(
      join(vectors, "a.csv"),
      ["image_path"],
      namesOf(5).map((name) => [name]),
    );
    const { imported } = await take();
    expect(imported.origin).toMatchObject({ vectors: 5, normalised: 2, zero: 1 });
    const { rows, vectors: stored } = storedRows(study, "vectors");
    expect(rows.map(({ failure }) => failure?.code)).toEqual([
      undefined,
      undefined,
      "zero_vector",
      undefined,
      undefined,
    ]);
    const row = (from: Float32Array, index: number) => from.subarray(index * dim, (index + 1) * dim);
    expect(row(stored, 0)).toEqual(row(expected, 0));
    expect(row(stored, 2)).toEqual(row(values, 3));
    for (const [at, of] of [
      [1, 1],
      [3, 4],
    ] as const)
      for (const [i, x] of row(stored, at).entries())
        expect(x).toBeCloseTo(expected[of * dim + i] as number, 6);
  });

  it("keeps apart what follows on whole blocks and batches of zeros", async () => {
    const { study, vectors, take } = setUp();
    const values = unitVectors(17_000, dim);
    const zeros = (from: number, to: number) => values.fill(0, from * dim, to * dim);
    zeros(0, 300);
    zeros(7900, 8192);
    zeros(8192, 16_384);
    zeros(16_999, 17_000);
    writeNpy(join(vectors, "a.npy"), values, dim);
    await writeRows(
      join(vectors, "a.csv"),
      ["image_path"],
      namesOf(17_000).map((name) => [name]),
    );
    const { imported } = await take();
    expect(imported.origin.zero).toBe(300 + 292 + 8192 + 1);
    const { rows, vectors: stored } = storedRows(study, "vectors");
    const whole = rows.flatMap(({ imageId, position }) => (imageId === undefined ? [] : [position]));
    const expected = whole.flatMap((row) => [...values.subarray(row * dim, (row + 1) * dim)]);
    expect(Buffer.compare(Buffer.from(stored.buffer), Buffer.from(Float32Array.from(expected).buffer))).toBe(
      0,
    );
    expect(stored).toHaveLength((17_000 - imported.origin.zero) * dim);
  });

  it("accepts float64, which becomes float32, and lists in Parquet", async () => {
    const { study, vectors, take } = setUp();
    const values = Float64Array.from(unitVectors(2, dim), (x) => x + 1e-12);
    writeNpy(join(vectors, "a.npy"), values, dim);
    await writeRows(
      join(vectors, "a.csv"),
      ["image_path"],
      namesOf(2).map((name) => [name]),
    );
    expect((await take()).imported.origin.numberType).toBe("float64");
    expect(storedRows(study, "vectors").vectors).toEqual(new Float32Array(values));
  });

  it("gives every row an image of its own, also where names repeat", async () => {
    const { study, vectors, take } = setUp();
    writeNpy(join(vectors, "a.npy"), unitVectors(3, dim), dim);
    await writeRows(join(vectors, "a.csv"), ["image_path"], [["a.jpg"], ["a.jpg"], ["b.jpg"]]);
    await take();
    const { rows } = storedRows(study, "vectors");
    expect(new Set(rows.map(({ imageId }) => imageId)).size).toBe(3);
    expect(rows.map(({ unit }) => [unit.name, unit.rowNumber])).toEqual([
      ["a.jpg", 1],
      ["a.jpg", 2],
      ["b.jpg", 3],
    ]);
    expect(study.images.get(rows[0]?.imageId as number)).toMatchObject({
      format: "imported",
      sizeBytes: 0,
      widthPx: 0,
    });
  });

  describe("refuses", () => {
    it("folders without a layout, and says what it looked for", async () => {
      const { vectors, folder, take } = setUp();
      expect((await refusal(take())).message).toBe(`${vectors}: there is no such folder`);
      await writeRows(join(vectors, "a.csv"), ["image_path"], [["a.jpg"]]);
      const { message, hint } = await refusal(take());
      expect(message).toBe(`${vectors}: there are no embeddings here`);
      expect(hint).toContain("img_emb/img_emb_*.npy with metadata/metadata_*.parquet");
      expect((await refusal(take({ folder: join(folder, "vectors/a.csv") }))).message).toMatch(
        /not a folder$/,
      );
    });

    it("parts without vectors or metadata, a gap, and a number twice", async () => {
      const { vectors, take } = setUp();
      const part = new Float16Array(unitVectors(2, dim));
      await writeRetrieval(vectors, [part, part, part, part], dim);
      const metadata = (number: number | string) => join(vectors, `metadata/metadata_${number}.parquet`);
      const npy = (number: number | string) => join(vectors, `img_emb/img_emb_${number}.npy`);
      renameSync(metadata(3), metadata("x"));
      expect((await refusal(take())).message).toBe(
        `${npy(3)}: the metadata of this part, metadata_*.parquet of the same number, are missing`,
      );
      renameSync(metadata("x"), metadata(3));
      renameSync(npy(2), npy("x"));
      expect((await refusal(take())).message).toBe(
        `${metadata(2)}: the vectors of this part, img_emb_*.npy of the same number, are missing`,
      );
      rmSync(metadata(2));
      expect((await refusal(take())).message).toBe(`${vectors}: part 2 is missing between parts 1 and 3`);
      renameSync(npy("x"), npy("01"));
      expect((await refusal(take())).message).toBe(`${npy(1)}: there is another part 1, ${npy("01")}`);
    });

    it("tables of another length than the vectors, with both counts", async () => {
      const { study, vectors, take } = setUp();
      const file = join(vectors, "a.npy");
      writeNpy(file, unitVectors(3, dim), dim);
      for (const count of [2, 5]) {
        await writeRows(
          join(vectors, "a.csv"),
          ["image_path"],
          namesOf(count).map((name) => [name]),
        );
        expect((await refusal(take())).message).toBe(
          `${join(vectors, "a.csv")}: the table has ${count} rows, and ${file} has 3 vectors`,
        );
      }
      // Nothing of them is there.
      expect([study.imports.list(), study.imports.unfinished()]).toEqual([[], []]);
    });

    it("vectors of another length than the encoder's, in any of the files", async () => {
      const { vectors, take } = setUp();
      await writeRetrieval(vectors, [unitVectors(2, dim)], dim);
      writeNpy(join(vectors, "img_emb/img_emb_1.npy"), unitVectors(2, dim + 1), dim + 1);
      cpSync(join(vectors, "metadata/metadata_0.parquet"), join(vectors, "metadata/metadata_1.parquet"));
      expect((await refusal(take())).message).toBe(
        `${join(vectors, "img_emb/img_emb_1.npy")}: its vectors have ${dim + 1} numbers, and the encoder's have ${dim}`,
      );
    });

    it.each([
      [Number.NaN, "not a number (NaN)"],
      [Number.POSITIVE_INFINITY, "infinite, or too large for float32"],
    ])("%s, with file, row and place", async (number, what) => {
      const { study, vectors, take } = setUp();
      const values = unitVectors(9000, dim);
      values[8500 * dim + 2] = number;
      writeNpy(join(vectors, "a.npy"), values, dim);
      await writeRows(
        join(vectors, "a.csv"),
        ["image_path"],
        namesOf(9000).map((name) => [name]),
      );
      expect((await refusal(take())).message).toBe(
        `${join(vectors, "a.npy")}: row 8501: number 3 of the vector is ${what}`,
      );
      // The first 8,192 rows had been stored.
      expect([study.imports.list(), study.imports.unfinished()]).toEqual([[], []]);
      values[8500 * dim + 2] = 0.1;
      writeNpy(join(vectors, "a.npy"), values, dim);
      expect((await take()).storedBefore).toBe(0);
      expect(storedRows(study, "vectors").vectors).toHaveLength(values.length);
    });

    it("what is in the study already, and a name that is taken", async () => {
      const { vectors, take } = setUp();
      writeNpy(join(vectors, "a.npy"), unitVectors(2, dim), dim);
      await writeRows(
        join(vectors, "a.csv"),
        ["image_path"],
        namesOf(2).map((name) => [name]),
      );
      await take();
      expect((await refusal(take({ name: "again" }))).message).toBe(
        'these embeddings are in the study already, as "vectors"',
      );
      writeNpy(join(vectors, "a.npy"), unitVectors(2, dim, 2), dim);
      expect((await refusal(take())).message).toMatch(
        /^the study has other embeddings called "vectors", imported on /,
      );
      await take({ name: "others" });
      expect((await refusal(take({ name: "\n" }))).message).toBe('"\\n" cannot be an import\'s name');
    });

    it("tables among which it cannot choose", async () => {
      const { vectors, take } = setUp();
      writeNpy(join(vectors, "a.npy"), unitVectors(2, dim), dim);
      expect((await refusal(take())).message).toBe(`${join(vectors, "a.npy")}: there is no table beside it`);
      await writeRows(join(vectors, "b.csv"), ["name"], [["x"], ["y"]]);
      expect((await refusal(take())).hint).toBe("name the column with --image-column");
      expect((await refusal(take({ imageColumn: "other" }))).message).toContain(
        'there is no column "other", only "name"',
      );
      await writeRows(join(vectors, "c.csv"), ["name"], [["x"], ["y"]]);
      expect((await refusal(take())).message).toContain("several tables could belong to it: b.csv, c.csv");
    });
  });

  it("goes on when it was cut off, and is removed by any other import", async () => {
    const { study, vectors, take } = setUp();
    const count = 20_000;
    const values = unitVectors(count, dim);
    writeNpy(join(vectors, "a.npy"), values, dim);
    const rows = namesOf(count).map((name) => [name]);
    await writeRows(join(vectors, "a.csv"), ["image_path"], rows);
    const cutOff = async () => {
      const abort = new AbortController();
      const work = take({ signal: abort.signal, onProgress: (done) => done >= 8192 && abort.abort() });
      await expect(work).rejects.toThrow("aborted");
      expect(study.imports.list()).toEqual([]);
      expect(study.imports.unfinished()).toHaveLength(1);
    };
    await cutOff();
    expect((await take()).storedBefore).toBe(8192);
    const stored = storedRows(study, "vectors");
    expect(stored.names).toEqual(namesOf(count));
    expect(stored.vectors).toEqual(values);
    // Another one that is cut off, and then given up for a third.
    values[0] = -(values[0] as number);
    writeNpy(join(vectors, "a.npy"), values, dim);
    const abort = new AbortController();
    const cut = take({
      name: "b",
      signal: abort.signal,
      onProgress: (done) => done >= 8192 && abort.abort(),
    });
    await expect(cut).rejects.toThrow("aborted");
    writeFileSync(join(vectors, "note.txt"), "not read");
    expect((await take({ name: "c" })).storedBefore).toBe(0);
    expect(study.imports.unfinished()).toEqual([]);
    expect(study.imports.list().map(({ name }) => name)).toEqual(["vectors", "c"]);
    expect(storedRows(study, "c").vectors).toEqual(values);
    expect(readdirSync(vectors)).toHaveLength(3);
  });

  it("finds pictures below the folder that was given, and fetches nothing", () => {
    const path = (name: string, folder?: string) => importedPath(name, folder, "ab".repeat(32), 7);
    const away = "imported:abababababababab:0000000007";
    expect(path("a/b.jpg", "/pictures")).toBe("/pictures/a/b.jpg");
    expect(path("/x/b.jpg")).toBe("/x/b.jpg");
    for (const [name, folder] of [
      ["a/b.jpg", undefined],
      ["../b.jpg", "/pictures"],
      ["a/../../b.jpg", "/pictures"],
      ["https://example.org/b.jpg", "/pictures"],
      ["s3://bucket/b.jpg", "/pictures"],
      ["data:image/png;base64,AAAA", "/pictures"],
      ["a\0b.jpg", "/pictures"],
      ["", "/pictures"],
      [".", "/pictures"],
    ] as const)
      expect(path(name, folder), name).toBe(away);
  });
});
