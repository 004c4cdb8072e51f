import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { describe, expect, it, onTestFinished } from "vitest";
import { openStudy } from "../../src/store/openStudy.ts";
import { temporaryFolder } from "../temporaryFolder.ts";
import { importOrigin } from "./importOrigin.ts";
import { encoderRecord, saveImage } from "./runSpec.ts";

/** A study with an import of three blocks: two float32 vectors, two of float16, one again; dim 2. */
function blockStudy() {
  const folder = temporaryFolder();
  const study = openStudy(folder);
  onTestFinished(() => study.close());
  const encoderId = study.transaction(() => study.embeddings.encoderId(encoderRecord));
  const digest = "ab".repeat(32);
  const start = {
    name: "a",
    digest,
    encoderId,
    view: "center",
    origin: importOrigin,
    startedAt: "2026-01-02T03:04:05Z",
  };
  const importId = study.transaction(() => study.imports.start(start));
  const add = (from: number, names: readonly string[]) =>
    study.imports.addRows(importId, digest, from, {
      units: names.map((name) => [`/p/${name}`, name] as const),
      failures: new Map(),
    });
  const bytes = (values: ArrayBufferView) =>
    new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
  const first = study.transaction(() => add(0, ["a", "b", "c", "d"]));
  study.embeddings.saveBlock(encoderId, first, {
    count: 2,
    numberType: "float32",
    bytes: bytes(Float32Array.of(1, 2, 3, 4)),
  });
  study.embeddings.saveBlock(encoderId, first + 2, {
    count: 2,
    numberType: "float16",
    bytes: bytes(Float16Array.of(0.5, 6, 7, -8)),
  });
  // Something else takes numbers in between.
  saveImage(study, 1);
  const last = study.transaction(() => add(4, ["a"]));
  study.embeddings.saveBlock(encoderId, last, {
    count: 1,
    numberType: "float32",
    bytes: bytes(Float32Array.of(9, 10)),
  });
  const vectors = (...ids: number[]) => [...study.embeddings.vectorsOf(encoderId, "center", ids).values];
  return { folder, study, encoderId, importId, first, last, vectors };
}

describe("blocks of vectors", () => {
  it("give vectors in the order asked for, across blocks and kinds of numbers, also twice", () => {
    const { first, last, vectors } = blockStudy();
    expect(last).toBe(first + 5);
    expect(vectors(first, first + 1, first + 2, first + 3, last)).toEqual([1, 2, 3, 4, 0.5, 6, 7, -8, 9, 10]);
    expect(vectors(last, first + 3, first, first)).toEqual([9, 10, 7, -8, 1, 2, 1, 2]);
    expect(vectors()).toEqual([]);
  });

  it("say of an image without a vector that it has none", () => {
    const { first, last, vectors } = blockStudy();
    for (const id of [first - 1, first + 4, last + 1])
      expect(() => vectors(first, id), String(id)).toThrow(`the study has no embedding of image ${id}`);
  });

  it("that were cut short in the file are told", () => {
    const { folder, first, vectors } = blockStudy();
    const database = new DatabaseSync(join(folder, "clipbook.db"));
    database.exec(
      `UPDATE embedding_block SET vectors = substr(vectors, 1, 6) WHERE first_image_id = ${first}`,
    );
    expect(() => vectors(first)).toThrow(`the study's embedding of image ${first} is damaged`);
    database.exec(
      `UPDATE embedding_block SET vectors = substr(vectors, 1, 4) WHERE first_image_id = ${first + 2}`,
    );
    database.close();
    // As long as one number less in each vector.
    expect(() => vectors(first + 4 + 1, first + 2)).toThrow("is damaged");
  });

  it("go with an import that is not complete, part by part, and images that nothing shows any more are found again", () => {
    const { study, encoderId, importId, first } = blockStudy();
    expect(study.imports.count(importId)).toBe(5);
    expect(study.imports.unfinished().map(({ name }) => name)).toEqual(["a"]);
    expect(study.imports.list()).toEqual([]);
    let steps = 0;
    while (study.transaction(() => study.imports.removeSome(importId, 2))) steps++;
    expect(steps).toBe(3);
    expect(study.imports.unfinished()).toEqual([]);
    expect(() => study.embeddings.encoder(encoderId)).toThrow("no encoder");
    const again = study.transaction(() => {
      const id = study.embeddings.encoderId(encoderRecord);
      const digest = "ab".repeat(32);
      const start = { name: "b", digest, encoderId: id, view: "center", origin: importOrigin, startedAt: "" };
      const imported = study.imports.start(start);
      const rows = {
        units: [
          ["/p/a", "a"],
          ["/p/b", "b"],
        ] as const,
        failures: new Map(),
      };
      const firstImage = study.imports.addRows(imported, digest, 0, rows);
      study.imports.complete(imported, "2026-01-02T03:04:06Z");
      return { firstImage, imported };
    });
    expect(again.firstImage).toBe(first);
    expect(study.imports.maybeOfEncoder(encoderId)?.origin).toEqual(importOrigin);
    expect(() => study.imports.removeSome(again.imported, 2)).toThrow("is not there or is complete");
  });
});
