import { describe, expect, it } from "vitest";
import { cellText } from "../../src/tables/cell.ts";
import { openTable } from "../../src/tables/openTable.ts";
import { failureOf } from "./failureOf.ts";
import { readAll, readTexts } from "./readTexts.ts";
import { temporaryFile } from "./temporaryFolder.ts";

async function openingFailure(content: string | Uint8Array): Promise<string> {
  const path = temporaryFile("a.jsonl", content);
  const error = await failureOf(() => openTable(path));
  expect(error.hint).toBeTruthy();
  return error.message.slice(path.length - "a.jsonl".length);
}

describe("reading JSON Lines", () => {
  it("keeps the text of every value: long integers, 1.0 beside 1, exponents, nesting, escapes", async () => {
    const values = [
      "1234567890123456789",
      "1.0",
      "1",
      "-0",
      "1E400",
      "0.10",
      "null",
      "true",
      '{"a" : [1, {"b\\"}": "]"}], "a":2}',
      "[]",
      '"\\ud83d"',
      '"\\\\"',
      '"a\\/b\\u0000"',
      '"é😀"',
    ];
    const lines = values.map((value) => `{ "image" :"a.jpg","value":${value} }`);
    const table = await openTable(temporaryFile("a.jsonl", lines.join("\n")));
    expect(table.columns).toEqual(["image", "value"]);
    const rows = await readAll(table);
    expect(rows.map((row) => row.cells[1])).toEqual(values.map((json) => ({ json })));
    expect(rows.map((row) => row.source)).toEqual(lines);
    expect(rows.map((row) => cellText(row.cells[1])).slice(-4)).toEqual(["\ud83d", "\\", "a/b\0", "é😀"]);
    expect(cellText(rows[6]?.cells[1])).toBe("");
    expect(cellText(rows[0]?.cells[1])).toBe("1234567890123456789");
  });

  it("takes the columns of all lines in order of first appearance, and absent keys as absent", async () => {
    const content =
      '\ufeff{"b":1}\r\n\r\n  \r\n{"a":"x","b":null}\r\n{"__proto__":"p","toString":2}\r\n{}\r\n';
    const table = await openTable(temporaryFile("a.ndjson", content));
    expect(table.format).toEqual({ kind: "jsonl", bom: true, newline: "\r\n" });
    expect(table.columns).toEqual(["b", "a", "__proto__", "toString"]);
    const rows = await readAll(table);
    expect(rows.map((row) => [row.number, row.line])).toEqual([
      [1, 1],
      [2, 4],
      [3, 5],
      [4, 6],
    ]);
    expect(rows[0]?.cells).toEqual([{ json: "1" }, undefined, undefined, undefined]);
    expect(rows[1]?.cells).toEqual([{ json: "null" }, { json: '"x"' }, undefined, undefined]);
    expect(await readTexts(table)).toContainEqual(["", "", "p", "2"]);
  });

  it("reads lines longer than its chunks", async () => {
    const long = 'ü\\"'.repeat(300_000);
    const table = await openTable(temporaryFile("a.jsonl", `{"a":"${long}","b":[["${long}"]]}\n{"a":"x"}`));
    const rows = await readAll(table);
    expect(rows[0]?.cells).toEqual([{ json: `"${long}"` }, { json: `[["${long}"]]` }]);
    expect(rows[1]?.cells).toEqual([{ json: '"x"' }, undefined]);
  });

  it.each([
    ["", "a.jsonl: the table is empty"],
    ["\n \n", "a.jsonl: the table is empty"],
    ['{"a":1}\n{"a":', "a.jsonl:2: not a JSON object on one line"],
    ['{"a":1},\n', "a.jsonl:1: not a JSON object on one line"],
    ['{\n"a":1\n}\n', "a.jsonl:1: not a JSON object on one line"],
    ['[{"a":1}]\n', "a.jsonl:1: a list, not an object"],
    ['{"a":1}\n"x"\n', "a.jsonl:2: a single value, not an object"],
    ['{"a":1}\nnull\n', "a.jsonl:2: a single value, not an object"],
    ['{"a":1}\n{"a":1,"\\u0061":2}\n', 'a.jsonl:2: the key "a" is there twice'],
    [Buffer.from('{"a":1}\n{"a":"\xfc"}\n', "latin1"), "a.jsonl:2: not UTF-8; the text looks like Latin-1"],
    [Buffer.from('{"a":1}\n', "utf16le"), "a.jsonl: the text is UTF-16"],
  ])("refuses %j and says where and why", async (content, message) => {
    expect(await openingFailure(content)).toContain(message);
  });

  it("refuses a file whose keys are data", async () => {
    const lines = Array.from({ length: 10_001 }, (_, index) => `{"key ${index}":1}`);
    expect(await openingFailure(lines.join("\n"))).toBe("a.jsonl:10001: more than 10000 different keys");
  });
});
