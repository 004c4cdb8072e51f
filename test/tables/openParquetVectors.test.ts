import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { SchemaElement } from "hyparquet";
import { ByteWriter, ParquetWriter } from "hyparquet-writer";
import { describe, expect, it } from "vitest";
import { encodeParquetVectors } from "../../src/tables/encodeParquetVectors.ts";
import { openParquetVectors } from "../../src/tables/openParquetVectors.ts";
import { temporaryFolder } from "../temporaryFolder.ts";

const element = {
  FLOAT: { type: "FLOAT" },
  DOUBLE: { type: "DOUBLE" },
  FLOAT16: { type: "FIXED_LEN_BYTE_ARRAY", type_length: 2, logical_type: { type: "FLOAT16" } },
  INT32: { type: "INT32" },
} as const satisfies Record<string, Omit<SchemaElement, "name">>;

/** A file with names and a list column of some kind, as pyarrow lays lists out. */
function listFile(kind: keyof typeof element, lists: readonly unknown[], rowGroupSize = 2): string {
  const bytes = new ByteWriter();
  const writer = new ParquetWriter({
    writer: bytes,
    schema: [
      { name: "schema", num_children: 3 },
      { name: "url", type: "BYTE_ARRAY", converted_type: "UTF8", repetition_type: "OPTIONAL" },
      { name: "emb", repetition_type: "OPTIONAL", converted_type: "LIST", num_children: 1 },
      { name: "list", repetition_type: "REPEATED", num_children: 1 },
      { name: "element", repetition_type: "OPTIONAL", ...element[kind] },
      { name: "width", type: "INT32", repetition_type: "REQUIRED" },
    ],
  });
  void writer.write({
    columnData: [
      { name: "url", data: lists.map((_, i) => (i === 1 ? undefined : `https://example.org/${i}.jpg`)) },
      { name: "emb", data: [...lists] },
      { name: "width", data: lists.map((_, i) => i) },
    ],
    rowGroupSize,
  });
  void writer.finish();
  const path = join(temporaryFolder(), "a.parquet");
  writeFileSync(path, new Uint8Array(bytes.getBuffer()));
  return path;
}

async function rowsOf(path: string, dim: number, from = 0, vectorColumn = "emb", nameColumn = "url") {
  const file = await openParquetVectors(path);
  const rows: { name: string | undefined; vector: number[] }[] = [];
  for await (const { vectors, names } of file.vectors({ vectorColumn, nameColumn, dim, from })) {
    names.forEach((name, i) => {
      rows.push({ name, vector: [...vectors.values.subarray(i * dim, (i + 1) * dim)] });
    });
  }
  return { file, rows };
}

describe("vectors in Parquet", () => {
  it.each([
    ["FLOAT", "float32", Math.fround(0.1)],
    ["DOUBLE", "float64", 0.1],
    ["FLOAT16", "float16", 0.0999755859375],
  ] as const)("are read from lists of %s, with the names beside them", async (kind, numberType, tenth) => {
    const path = listFile(kind, [
      [1, 0.1],
      [0, -2],
      [0.5, 0.1],
      [3, 4],
      [5, 6],
    ]);
    const { file, rows } = await rowsOf(path, 2);
    expect(file.vectorColumns).toEqual([{ name: "emb", numberType }]);
    expect([file.rows, file.textColumns]).toEqual([5, ["url"]]);
    expect(rows.map(({ vector }) => vector)).toEqual([
      [1, tenth],
      [0, -2],
      [0.5, tenth],
      [3, 4],
      [5, 6],
    ]);
    expect(rows.map(({ name }) => name)).toEqual(
      [0, 1, 2, 3, 4].map((i) => (i === 1 ? undefined : `https://example.org/${i}.jpg`)),
    );
    expect((await rowsOf(path, 2, 3)).rows).toEqual(rows.slice(3));
  });

  it.each([
    [
      [
        [1, 2],
        [1, 2, 3],
      ],
      'row 2, column "emb": the vector has 3 numbers, not 2',
    ],
    [[[1, 2], [1, 2], undefined], 'row 3, column "emb": there is no vector'],
    [[[1, undefined]], 'row 1, column "emb": number 2 of the vector is missing'],
  ])("of another length, or missing, are told with their row", async (lists, message) => {
    await expect(rowsOf(listFile("FLOAT", lists), 2)).rejects.toThrow(message);
  });

  it("are no lists of whole numbers", async () => {
    expect((await openParquetVectors(listFile("INT32", [[1, 2]]))).vectorColumns).toEqual([]);
  });

  it.each(["float32", "float16"] as const)(
    "that Clipbook wrote as %s come back with the same bits",
    async (numberType) => {
      const values = Float32Array.from({ length: 12 }, (_, i) => Math.fround(Math.sin(i) / 3));
      const columns = { texts: ["image_path", "category"], vectors: "embedding", numberType };
      const part = (from: number, to: number) => ({
        values: values.subarray(from * 3, to * 3),
        dim: 3,
        texts: Array.from({ length: to - from }, (_, i) => [`${from + i}.jpg`, "Trees"]),
      });
      const path = join(temporaryFolder(), "a.parquet");
      const chunks: Uint8Array[] = [];
      for await (const chunk of encodeParquetVectors(columns, [part(0, 3), part(3, 4)])) chunks.push(chunk);
      writeFileSync(path, Buffer.concat(chunks));
      const { file, rows } = await rowsOf(path, 3, 0, "embedding", "image_path");
      expect(file.vectorColumns).toEqual([{ name: "embedding", numberType }]);
      const expected = numberType === "float32" ? values : new Float32Array(new Float16Array(values));
      expect(rows.flatMap(({ vector }) => vector)).toEqual([...expected]);
      expect(rows.map(({ name }) => name)).toEqual(["0.jpg", "1.jpg", "2.jpg", "3.jpg"]);
    },
  );
});
