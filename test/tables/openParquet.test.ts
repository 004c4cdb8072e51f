import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parquetMetadata } from "hyparquet";
import { ByteWriter, ParquetWriter, schemaFromColumnData } from "hyparquet-writer";
import { describe, expect, it } from "vitest";
import { seededRandom } from "../../src/seededRandom.ts";
import { cellJson, cellText } from "../../src/tables/cell.ts";
import { openTable } from "../../src/tables/openTable.ts";
import { failureOf } from "./failureOf.ts";
import { readAll, readTexts } from "./readTexts.ts";
import { temporaryFile } from "./temporaryFolder.ts";

// Written by fixtures/tables/make_parquet.py with the PyArrow version that expected.json names.
const fixtures = join(import.meta.dirname, "../fixtures/tables");
const expected = JSON.parse(readFileSync(join(fixtures, "expected.json"), "utf8")) as {
  readonly scalars: readonly Readonly<Record<string, string>>[];
  readonly nested: readonly Readonly<Record<string, string>>[];
};

/** A Parquet file of two rows whose footer was tampered with. */
async function forgedTable(forge: (writer: ParquetWriter) => void): Promise<string> {
  const bytes = new ByteWriter();
  const columnData = [{ name: "image", data: ["a.jpg", "b.jpg"], type: "STRING" as const }];
  const writer = new ParquetWriter({
    writer: bytes,
    schema: schemaFromColumnData({ columnData }),
    statistics: false,
  });
  await writer.write({ columnData });
  forge(writer);
  await writer.finish();
  return temporaryFile("a.parquet", bytes.getBytes());
}

describe("reading Parquet", () => {
  it("gives PyArrow's integers, decimals, dates, times, floats and bytes as exact text", async () => {
    const table = await openTable(join(fixtures, "scalars.parquet"));
    expect(table.columns).toEqual(Object.keys(expected.scalars[0] ?? {}));
    expect(await readTexts(table)).toEqual(expected.scalars.map((row) => Object.values(row)));
  });

  it("keeps text as text, and knows null from empty", async () => {
    const [first, , third] = await readAll(await openTable(join(fixtures, "scalars.parquet")));
    expect(first?.cells[1]).toBe("a.jpg");
    expect(third?.cells.every((cell) => cell === undefined)).toBe(true);
    expect(first?.number).toBe(1);
    expect(first?.line).toBeUndefined();
  });

  it("writes numbers as JSON numbers and all else as JSON text", async () => {
    const table = await openTable(join(fixtures, "scalars.parquet"));
    const [first] = await readAll(table);
    const json = Object.fromEntries(
      table.columns.map((column, index) => [column, cellJson(first?.cells[index])]),
    );
    expect(json).toMatchObject({
      id: "1234567890123456789",
      large: "18446744073709551615",
      float: "0.1",
      flag: "true",
      money: "12.50",
      day: '"2024-02-29"',
      bytes: '"//4A"',
      image: '"a.jpg"',
    });
  });

  it("gives PyArrow's lists, structs and maps as JSON, with nulls and empties told apart", async () => {
    const table = await openTable(join(fixtures, "nested.parquet"));
    const rows = await readAll(table);
    const json = rows.map((row) => row.cells.map((cell) => cellJson(cell) ?? "null"));
    expect(json).toEqual(expected.nested.map((row) => Object.values(row)));
    expect(cellText(rows[0]?.cells[1])).toBe('["a","b"]');
    expect(cellText(rows[2]?.cells[1])).toBe("");
  });

  it("reads INT96 times as Spark writes them", async () => {
    const rows = await readTexts(await openTable(join(fixtures, "int96.parquet")));
    expect(rows.map((row) => row[1])).toEqual(["2024-02-29T12:30:00.123", "1969-12-31T23:59:59", ""]);
  });

  it.each(["zstd", "gzip", "brotli"])("reads %s compression", async (codec) => {
    const texts = await readTexts(await openTable(join(fixtures, `${codec}.parquet`)));
    expect(texts).toEqual(expected.scalars.map(({ id, image }) => [id, image]));
  });

  it("names a compression that it cannot read", async () => {
    const error = await failureOf(() => openTable(join(fixtures, "lz4.parquet")));
    expect(error.message).toContain("compressed with LZ4");
    expect(error.hint).toContain("Snappy");
  });

  it("says so when the file is no Parquet file, or cut off", async () => {
    const whole = readFileSync(join(fixtures, "scalars.parquet"));
    for (const bytes of [
      Buffer.alloc(0),
      Buffer.from("PAR1"),
      Buffer.from("image,id\na.jpg,1\n"),
      whole.subarray(0, 3000),
    ]) {
      const error = await failureOf(() => openTable(temporaryFile("a.parquet", bytes)));
      expect(error.message).toContain("not a readable Parquet file");
      expect(error.hint).toContain("complete");
    }
  });

  it("says so when the footer contradicts itself or the pages", async () => {
    const fewer = await forgedTable((writer) => {
      for (const group of writer.row_groups) group.num_rows = 3n;
      writer.num_rows = 3n;
    });
    const table = await openTable(fewer);
    expect((await failureOf(() => readAll(table))).message).toContain(
      'column "image" has 2 values for rows 1 to 3',
    );
    const otherType = await forgedTable((writer) => {
      for (const chunk of writer.row_groups.flatMap((group) => group.columns)) {
        if (chunk.meta_data) chunk.meta_data.type = "INT64";
      }
    });
    expect((await failureOf(() => openTable(otherType))).message).toContain("other columns than the schema");
    const otherCount = await forgedTable((writer) => {
      writer.num_rows = 1n;
    });
    expect((await failureOf(() => openTable(otherCount))).message).toContain("1 rows announced, 2 found");
  });

  it("never gives rows of another length or number, or another kind of error, for damaged bytes", async () => {
    const whole = readFileSync(join(fixtures, "nested.parquet"));
    const random = seededRandom(20240229);
    let failures = 0;
    for (let round = 0; round < 300; round++) {
      const bytes = Buffer.from(whole);
      const at = Math.floor(random() * bytes.length);
      bytes[at] = (bytes[at] as number) ^ (1 << Math.floor(random() * 8));
      const path = temporaryFile("a.parquet", bytes);
      try {
        const table = await openTable(path);
        const declared = Number(parquetMetadata(bytes, { geoparquet: false }).num_rows);
        const rows = await readAll(table);
        expect(rows.length).toBe(declared);
        for (const row of rows) {
          expect(row.cells.length).toBe(table.columns.length);
          row.cells.map(cellJson);
        }
      } catch (error) {
        failures++;
        expect((error as Error).name, `bit flip at byte ${at}: ${error}`).toBe("UserError");
      }
    }
    expect(failures).toBeGreaterThan(50);
  });
});
