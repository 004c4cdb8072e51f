import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { ByteWriter, ParquetWriter } from "hyparquet-writer";
import { describe, expect, it } from "vitest";
import { openVectorSource } from "../../../src/pipeline/embeddings/openVectorSource.ts";
import { temporaryFolder } from "../../temporaryFolder.ts";

/** A file with one row: names of columns of text, and of columns of lists. */
function writeParquet(
  path: string,
  texts: readonly string[],
  lists: readonly string[],
  vector = [0.6, 0.8],
): void {
  const bytes = new ByteWriter();
  const writer = new ParquetWriter({
    writer: bytes,
    schema: [
      { name: "schema", num_children: texts.length + lists.length },
      ...texts.map(
        (name) =>
          ({ name, type: "BYTE_ARRAY", converted_type: "UTF8", repetition_type: "REQUIRED" }) as const,
      ),
      ...lists.flatMap((name) => [
        { name, repetition_type: "OPTIONAL", converted_type: "LIST", num_children: 1 } as const,
        { name: "list", repetition_type: "REPEATED", num_children: 1 } as const,
        { name: "element", repetition_type: "OPTIONAL", type: "FLOAT" } as const,
      ]),
    ],
  });
  const columns = [
    ...texts.map((name) => ({ name, data: [`${name}.jpg`] })),
    ...lists.map((name) => ({ name, data: [vector] })),
  ];
  void writer.write({ columnData: columns, rowGroupSize: 1 });
  void writer.finish();
  writeFileSync(path, new Uint8Array(bytes.getBuffer()));
}

describe("a folder of Parquet files", () => {
  it("with several columns of vectors names them, and takes the one that is asked for", async () => {
    const folder = temporaryFolder();
    const path = join(folder, "a.parquet");
    writeParquet(path, ["url"], ["image_embedding", "text_embedding"]);
    await expect(openVectorSource(folder, { dim: 2 })).rejects.toThrow(
      `${path}: the vectors could be in "image_embedding", "text_embedding"`,
    );
    await expect(openVectorSource(folder, { dim: 2, vectorColumn: "url" })).rejects.toThrow(
      'no column "url" is a list of floats, only "image_embedding", "text_embedding"',
    );
    const source = await openVectorSource(folder, { dim: 2, vectorColumn: "text_embedding" });
    expect(source).toMatchObject({ layout: "parquet", count: 1, imageColumn: "url", numberType: "float32" });
    const rows = await Array.fromAsync(source.rows(0));
    expect(rows.map(({ names }) => names)).toEqual([["url.jpg"]]);
  });

  it("without vectors, without names, or with files of two kinds is refused", async () => {
    const folder = temporaryFolder();
    const path = join(folder, "a.parquet");
    writeParquet(path, ["url"], []);
    await expect(openVectorSource(folder, { dim: 2 })).rejects.toThrow(
      `${path}: no column is a list of floats`,
    );
    writeParquet(path, ["caption"], ["emb"]);
    await expect(openVectorSource(folder, { dim: 2 })).rejects.toThrow(
      `${path}: no column looks like image paths`,
    );
    writeParquet(path, ["url"], ["emb"]);
    writeParquet(join(folder, "b.parquet"), ["url"], ["vector"]);
    await expect(openVectorSource(folder, { dim: 2 })).rejects.toThrow(
      `${join(folder, "b.parquet")}: there is no column "emb" here, as in ${path}`,
    );
  });
});
