import { mkdirSync, rmSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { classifyImported } from "../../../src/pipeline/embeddings/classifyImported.ts";
import {
  type ImportEmbeddingsSpec,
  importEmbeddings,
} from "../../../src/pipeline/embeddings/importEmbeddings.ts";
import { importedPath } from "../../../src/pipeline/embeddings/importedPath.ts";
import { loadCodebook } from "../../../src/pipeline/loadCodebook.ts";
import { golden } from "../../images/reference.ts";
import { loadTinyModel, tinyModelFolder } from "../../tinyModels.ts";
import { newStudy, writeFiles } from "../classifyInTest.ts";
import { namesOf, unitVectors, writeNpy, writeParquet, writeRetrieval, writeRows } from "./vectorFolders.ts";

const encoder = await loadTinyModel("clip");
const { dim } = await encoder.embedTexts(["a"]);
afterAll(() => encoder.close());

function setUp() {
  const { folder, study } = newStudy();
  const vectors = join(folder, "vectors");
  const take = (more: Partial<ImportEmbeddingsSpec> = {}) =>
    importEmbeddings({ study, folder: vectors, encoder, model: tinyModelFolder("clip"), ...more });
  /** Vectors of some names, the names in a table of text. */
  const write = async (names: readonly string[]) => {
    writeNpy(join(vectors, "a.npy"), unitVectors(names.length, dim), dim);
    await writeRows(
      join(vectors, "a.jsonl"),
      ["image_path"],
      names.map((name) => [name]),
    );
  };
  return { folder, study, vectors, take, write };
}

describe("embeddings from somebody who means harm, or knows no better", () => {
  it("keep names apart that differ behind a NUL, and every other name as it is", async () => {
    const { folder, study, take, write } = setUp();
    await write(["a\0b.jpg", "a\0c.jpg", "\0", "=1+1.jpg", "\u202egpj.jpg", "\u001b[2J.jpg"]);
    const { imported } = await take({ imagesFolder: folder });
    writeFiles(folder, { "codebook.json": JSON.stringify(golden.codebook) });
    const codebook = await loadCodebook(join(folder, "codebook.json"));
    const run = await classifyImported({ study, imported, encoder, codebook });
    expect([...study.runs.rows(run.id)].map(({ unit }) => unit.name)).toEqual([
      ...["a\ufffdb.jpg", "a\ufffdc.jpg", "\ufffd", "=1+1.jpg", "\u202egpj.jpg", "\u001b[2J.jpg"],
    ]);
  });

  it("are refused with the row whose name is longer than any path, before such names fill the memory", async () => {
    const { study, vectors, take, write } = setUp();
    const sentence = "the image's name is 1,000,000 bytes long, more than the 4,096 of any path";
    await write(["a.jpg", "ä".repeat(500_000)]);
    await expect(take()).rejects.toThrow(`${join(vectors, "a.jsonl")}: row 2: ${sentence}`);
    await write(["ä".repeat(2048)]);
    expect((await take({ name: "longest" })).imported.origin.vectors).toBe(1);
    rmSync(vectors, { recursive: true });
    mkdirSync(vectors);
    // One long name in the file's dictionary, which every row has: more than a text of JavaScript can hold.
    const many = Array.from({ length: 600 }, () => "x".repeat(1_000_000));
    await writeParquet(join(vectors, "a.parquet"), unitVectors(600, dim), dim, many);
    await expect(take()).rejects.toThrow(
      `${join(vectors, "a.parquet")}: row 1, column "image_path": ${sentence}`,
    );
    expect(study.imports.unfinished()).toEqual([]);
  });

  it("are refused where a file without a vector has a table with rows", async () => {
    const { vectors, take } = setUp();
    await writeRetrieval(vectors, [unitVectors(3, dim), new Float32Array(0)], dim);
    const table = join(vectors, "metadata/metadata_1.parquet");
    await writeRows(
      table,
      ["image_path", "caption"],
      namesOf(2).map((name) => [name, "x"]),
    );
    await expect(take()).rejects.toThrow(
      `${table}: the table has 2 rows, and ${join(vectors, "img_emb/img_emb_1.npy")} has 0 vectors`,
    );
    await writeRows(table, ["image_path", "caption"], []);
    expect((await take()).imported.origin.vectors).toBe(3);
  });

  it.runIf(process.platform !== "win32")("tell links that lead to themselves", async () => {
    const { vectors, take, write } = setUp();
    await write(["a.jpg"]);
    rmSync(join(vectors, "a.npy"));
    symlinkSync("a.npy", join(vectors, "a.npy"));
    await expect(take()).rejects.toThrow(`${join(vectors, "a.npy")}: this link leads to itself`);
    rmSync(vectors, { recursive: true });
    symlinkSync("vectors", vectors);
    await expect(take()).rejects.toThrow(`${vectors}: there is no such folder`);
    const long = join(vectors, "x".repeat(5000));
    await expect(take({ folder: long, name: "long" })).rejects.toThrow(`${long}: there is no such folder`);
  });

  it("find pictures whose names begin with two dots and lead nowhere else", () => {
    expect(importedPath("..a.jpg", "/pictures", "ab".repeat(32), 0)).toBe("/pictures/..a.jpg");
    expect(importedPath("...", "/pictures", "ab".repeat(32), 0)).toBe("/pictures/...");
    expect(importedPath("..", "/pictures", "ab".repeat(32), 0)).toMatch(/^imported:/);
  });
});
