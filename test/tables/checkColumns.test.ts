import { describe, expect, it } from "vitest";
import { checkColumnNames } from "../../src/tables/checkColumns.ts";
import { maybeTableFormat, tableFormatOf } from "../../src/tables/tableFormat.ts";
import { writeTable } from "../../src/tables/writeTable.ts";
import { failureOf } from "./failureOf.ts";
import { temporaryFolder } from "./temporaryFolder.ts";

describe("Clipbook's column names", () => {
  it("may not be taken by the user's columns, and the hint says what to do", async () => {
    const table = { path: "posts.csv", columns: ["id", "Image", "Classification"] };
    const failure = await failureOf(async () => checkColumnNames(table, ["Image", "Classification", "X"]));
    expect(failure.message).toBe(
      'posts.csv: Clipbook would write "Image", "Classification", but the table has such a column already',
    );
    expect(failure.hint).toContain("--column-name");
    checkColumnNames(table, ["image", "Classification Label"]);
    checkColumnNames(undefined, ["Image"]);
  });

  it("may not be equal to one another", async () => {
    const failure = await failureOf(async () => checkColumnNames(undefined, ["Image", "Image"]));
    expect(failure.message).toContain('"Image"');
  });

  it("are checked before a table is written", async () => {
    const format = tableFormatOf("a.csv");
    const input = { path: "a.csv", format, columns: ["Image"], parquetColumns: [] };
    const own = [{ name: "Image", kind: "text" }] as const;
    const target = `${temporaryFolder()}/b.csv`;
    const failure = await failureOf(() => writeTable(target, { format, input, own }, []));
    expect(failure.message).toContain("has such a column already");
  });
});

describe("a table's format", () => {
  it("goes by the extension, in any case", () => {
    expect(tableFormatOf("x/a.CSV")).toEqual({ kind: "csv", delimiter: ",", bom: false, newline: "\n" });
    expect(tableFormatOf("a.tsv")).toMatchObject({ kind: "tsv", delimiter: "\t" });
    expect(tableFormatOf("a.ndjson").kind).toBe("jsonl");
    expect(tableFormatOf("a.Parquet").kind).toBe("parquet");
    expect(maybeTableFormat("a.jpg")).toBeUndefined();
    expect(maybeTableFormat("csv")).toBeUndefined();
  });

  it("is like the input's where the kind is the same", () => {
    const like = { kind: "csv", delimiter: ";", bom: true, newline: "\r\n" } as const;
    expect(tableFormatOf("a.csv", like)).toEqual(like);
    expect(tableFormatOf("a.tsv", like)).toEqual({ kind: "tsv", delimiter: "\t", bom: false, newline: "\n" });
  });

  it("lists the four for every other name", async () => {
    const failure = await failureOf(async () => tableFormatOf("a.xlsx"));
    expect(failure.hint).toContain(".csv, .tsv, .jsonl or .parquet");
  });
});
