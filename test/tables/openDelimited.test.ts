import { appendFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { readSampleRows } from "../../src/tables/inputTable.ts";
import { openTable } from "../../src/tables/openTable.ts";
import { failureOf } from "./failureOf.ts";
import { readAll, readTexts } from "./readTexts.ts";
import { temporaryFile, temporaryFolder } from "./temporaryFolder.ts";

/** The message, without the folder, and the hint of whatever reading this table ends with. */
async function readingFailure(name: string, content: string | Uint8Array): Promise<string> {
  const path = temporaryFile(name, content);
  const error = await failureOf(async () => readAll(await openTable(path)));
  expect(error.hint).toBeTruthy();
  expect(error.message.startsWith(path)).toBe(true);
  return error.message.slice(path.length - name.length);
}

describe("reading CSV and TSV", () => {
  it("gives every cell exactly as written, with its row number and line", async () => {
    const path = temporaryFile(
      "a.csv",
      'id,image,note\n007, a.jpg ,"said ""hi"",\n\nthen left"\n1234567890123456789,b.jpg,5" screen\n,,\n',
    );
    const rows = await readAll(await openTable(path));
    expect(rows).toEqual([
      {
        number: 1,
        line: 2,
        cells: ["007", " a.jpg ", 'said "hi",\n\nthen left'],
        source: '007, a.jpg ,"said ""hi"",\n\nthen left"',
      },
      {
        number: 2,
        line: 5,
        cells: ["1234567890123456789", "b.jpg", '5" screen'],
        source: '1234567890123456789,b.jpg,5" screen',
      },
      { number: 3, line: 6, cells: ["", "", ""], source: ",," },
    ]);
  });

  it.each([
    ["a.csv", "a,b\n1,2\n", { kind: "csv", delimiter: ",", bom: false, newline: "\n" }],
    ["a.CSV", "a;b\r\n1,5;2,5\r\n", { kind: "csv", delimiter: ";", bom: false, newline: "\r\n" }],
    ["a.csv", "\ufeffa\tb\n1\t2\n", { kind: "csv", delimiter: "\t", bom: true, newline: "\n" }],
    ["a.tsv", "a\tb\n1,5\t2\n", { kind: "tsv", delimiter: "\t", bom: false, newline: "\n" }],
    ["a.tsv", "a,b\n1,2", { kind: "tsv", delimiter: ",", bom: false, newline: "\n" }],
    ["a.csv", '"a,x";"b\n,;"\n"1,2";3\n', { kind: "csv", delimiter: ";", bom: false, newline: "\n" }],
    ["a.csv", "image\na.jpg\n", { kind: "csv", delimiter: ",", bom: false, newline: "\n" }],
  ])("finds out how %s %j is written", async (name, content, format) => {
    const table = await openTable(temporaryFile(name, content));
    expect(table.format).toEqual(format);
    expect(table.columns.length).toBe(content.includes("image") ? 1 : 2);
    expect(table.columns[0]?.startsWith("\ufeff")).toBe(false);
    expect((await readAll(table)).length).toBe(1);
  });

  it("chooses the delimiter that gives even rows, not the one that is frequent", async () => {
    const content = "path;caption\na.jpg;one, two, three\nb.jpg;four\nc.jpg;five, six\n";
    const table = await openTable(temporaryFile("a.csv", content));
    expect(table.columns).toEqual(["path", "caption"]);
    expect(await readTexts(table)).toContainEqual(["a.jpg", "one, two, three"]);
    const both = await openTable(temporaryFile("a.csv", "path;title, long\na.jpg;x, y, z\nb.jpg;\n"));
    expect(both.columns).toEqual(["path", "title, long"]);
  });

  it("reads a header alone as a table without rows", async () => {
    const table = await openTable(temporaryFile("a.csv", "image,id"));
    expect(table.columns).toEqual(["image", "id"]);
    expect(await readAll(table)).toEqual([]);
  });

  it("reads the same with and without a line end at the end, and past blank lines", async () => {
    for (const content of [
      "a,b\n1,2\n3,4",
      "a,b\n1,2\n3,4\n",
      "\na,b\n\n1,2\n\n\n3,4\n\n",
      "a,b\r\n1,2\n3,4\r\n",
    ]) {
      const table = await openTable(temporaryFile("a.csv", content));
      expect(await readTexts(table)).toEqual([
        ["1", "2"],
        ["3", "4"],
      ]);
    }
  });

  it("puts rows together across the chunks it reads", async () => {
    const long = "é".repeat(200_000);
    const content = `a,b\n"${long}\n""x""",1\n${"y".repeat(300_000)},2\r\n3,4\n`;
    const table = await openTable(temporaryFile("a.csv", content));
    expect(await readTexts(table)).toEqual([
      [`${long}\n"x"`, "1"],
      ["y".repeat(300_000), "2"],
      ["3", "4"],
    ]);
    expect((await readAll(table)).map((row) => row.line)).toEqual([2, 4, 5]);
  });

  it("can be read again, and in part", async () => {
    const table = await openTable(temporaryFile("a.csv", "a\n1\n2\n3\n"));
    expect((await readSampleRows(table, 2)).map((row) => row.cells)).toEqual([["1"], ["2"]]);
    expect((await readSampleRows(table, 0)).length).toBe(0);
    expect((await readSampleRows(table, 9)).length).toBe(3);
    expect((await readAll(table)).length).toBe(3);
  });

  it.each([
    ["a,b\n1,2\n3\n", "a.csv:3: 1 cell, but the header has 2 columns"],
    ["a,b\n1,2\n\n3,4,5\n", "a.csv:4: 3 cells, but the header has 2 columns"],
    ["path;id\na.jpg\n", "a.csv:2: 1 cell, but the header has 2 columns"],
    ["image\na, b.jpg\n", "a.csv:2: 2 cells, but the header has 1 column"],
    ['a,b\n1,"2\n3,4\n', "a.csv:2: the quote that opens cell 2 is never closed"],
    ['a,b\n1,"2" x\n', "a.csv:2: text after the closing quote of cell 2"],
    ['a,b\n"x\ny"z,4\n', "a.csv:3: text after the closing quote of cell 1 (the quote opens on line 2)"],
    ["a,b\r1,2\r", "a.csv:1: a carriage return that does not end a line"],
    ["a,b\n1,2\r", "a.csv:2: a carriage return that does not end a line"],
    ["a,b,a\n1,2,3\n", 'a.csv:1: columns 1 and 3 are both called "a"'],
    ["a,,\n1,2,3\n", "a.csv:1: columns 2 and 3 have no name"],
    ["", "a.csv: the table is empty"],
    ["\ufeff\n\n", "a.csv: the table is empty"],
    ["path|id\na.jpg|1\n", 'a.csv:1: only one column, called "path|id": how are the cells separated?'],
    ['"path;id"\n"a.jpg;1"\n', 'a.csv:1: only one column, called "path;id": how are the cells separated?'],
    ["sep=;\na;b\n1;2\n", 'a.csv:1: "sep=;" is a note to Excel, not a row of column names'],
  ])("refuses %j and says where and why", async (content, message) => {
    expect(await readingFailure("a.csv", content)).toBe(message);
  });

  it.each([
    ["Latin-1 (ISO 8859-1)", Buffer.from("image\nM\xfcller.jpg\n", "latin1"), "a.csv:2: not UTF-8"],
    ["Windows-1252", Buffer.from("image,n\na.jpg,1\n\x93b\x94.jpg,2\n", "latin1"), "a.csv:3: not UTF-8"],
    ["UTF-16", Buffer.from("\ufeffimage\na.jpg\n", "utf16le"), "a.csv: the text is UTF-16"],
    ["UTF-16", Buffer.from("\ufeffimage\na.jpg\n", "utf16le").swap16(), "a.csv: the text is UTF-16"],
    ["UTF-16", Buffer.from("image;id\na.jpg;1\n", "utf16le"), "a.csv: the text is UTF-16"],
    ["UTF-16", Buffer.from("image;\0id\na.jpg;1\n"), "a.csv: the text is UTF-16, or no text"],
  ])("names %s instead of reading replacement characters", async (encoding, bytes, message) => {
    const failure = await readingFailure("a.csv", bytes);
    expect(failure).toContain(encoding);
    expect(failure).toContain(message);
  });

  it("stops at an open quote before it fills the memory", async () => {
    const path = temporaryFile("a.csv", 'a,b\n1,"never closed\n');
    for (let megabyte = 0; megabyte < 18; megabyte++) appendFileSync(path, "3,4 \n".repeat(200_000));
    appendFileSync(path, '"\n'); // Too late.
    const error = await failureOf(async () => readAll(await openTable(path)));
    expect(error.message).toBe(`${path}:2: the quote that opens cell 2 is never closed`);
  });

  it("refuses to go on when the file changes between or during readings", async () => {
    const path = temporaryFile("a.csv", `a,b\n${"1,2\n".repeat(200_000)}`);
    const table = await openTable(path);
    const rows = table.rows()[Symbol.asyncIterator]();
    await rows.next();
    appendFileSync(path, "3,4\n");
    const rest = async () => {
      while (!(await rows.next()).done);
    };
    expect((await failureOf(rest)).message).toContain("was changed");
    expect((await failureOf(async () => readAll(table))).message).toContain("was changed");
  });

  it("refuses what is no table, no file or not there", async () => {
    const folder = temporaryFolder();
    expect((await failureOf(() => openTable(`${folder}/no.csv`))).message).toContain("there is no such file");
    expect((await failureOf(() => openTable(`${folder}/no.xlsx`))).hint).toContain(
      ".csv, .tsv, .jsonl or .parquet",
    );
    expect((await failureOf(() => openTable(temporaryFile("a.txt", "a")))).message).toContain("not a table");
    expect((await failureOf(() => openTable("/dev/null.csv"))).message).toContain("there is no such file");
  });
});
