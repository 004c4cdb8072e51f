import { describe, expect, it } from "vitest";
import { mostCells } from "../../src/tables/delimitedParser.ts";
import { openTable } from "../../src/tables/openTable.ts";
import { longestLineBytes } from "../../src/tables/readTextLines.ts";
import { failureOf } from "./failureOf.ts";
import { readAll, readTexts } from "./readTexts.ts";
import { temporaryFile } from "./temporaryFolder.ts";

/** The message, without the folder, of whatever reading this table ends with. */
async function readingFailure(name: string, content: string | Uint8Array): Promise<string> {
  const path = temporaryFile(name, content);
  const failure = await failureOf(async () => readAll(await openTable(path)));
  expect(failure.hint).toBeTruthy();
  return failure.message.slice(path.length - name.length);
}

describe("tables made to harm", () => {
  it("stops at a row that is all commas, in the header or below it", async () => {
    const commas = ",".repeat(mostCells);
    expect(await readingFailure("a.csv", `a,b\n1,2\n${commas}\n`)).toBe(
      `a.csv:3: a row with more than ${mostCells} cells`,
    );
    expect(await readingFailure("a.csv", `${commas}\n`)).toBe(
      `a.csv:1: a row with more than ${mostCells} cells`,
    );
    const names = Array.from({ length: mostCells }, (_, index) => index).join(",");
    const table = await openTable(temporaryFile("a.csv", `${names}\n${commas.slice(1)}\n`));
    expect((await readAll(table))[0]?.cells.length).toBe(mostCells);
  });

  it("stops at JSON that is nested deeper than other programs read", async () => {
    const nested = (depth: number) => `{"a":"[[[{","b":${"[".repeat(depth)}"]\\\\"${"]".repeat(depth)}}\n`;
    expect(await readTexts(await openTable(temporaryFile("a.jsonl", nested(499))))).toHaveLength(1);
    for (const text of [
      nested(500),
      nested(1_000_000),
      `{"a":${'{"b":'.repeat(100_000)}1${"}".repeat(100_000)}}\n`,
      "[".repeat(1_000_000),
    ]) {
      expect(await readingFailure("a.jsonl", text)).toBe(
        "a.jsonl:1: lists and objects nested more than 500 deep",
      );
    }
    // Many texts full of brackets are no nesting.
    const flat = `{"a":[${Array.from({ length: 1000 }, () => '"[{"').join(",")}]}\n`;
    expect(await readTexts(await openTable(temporaryFile("a.jsonl", flat)))).toHaveLength(1);
  });

  it("stops at a line of JSON that does not end", async () => {
    const text = `{"a":1}\n{"a":"${"x".repeat(longestLineBytes)}`;
    expect(await readingFailure("a.jsonl", text)).toBe("a.jsonl:2: a line longer than 16 MiB");
  });

  it.each([
    [
      "UTF-16 of Chinese text without a mark",
      Buffer.from("图片,编号\n照片\ud83d\ude00.jpg,1\n", "utf16le"),
      "the text is UTF-16",
    ],
    [
      "UTF-16BE of Chinese text without a mark",
      Buffer.from("图片,编号\n照片\u00ff.jpg,1\n", "utf16le").swap16(),
      "the text is UTF-16",
    ],
    [
      "UTF-32",
      Buffer.concat(
        [...["\ufeff", ..."image\n"]].map((c) =>
          Buffer.from([c.charCodeAt(0) & 255, c.charCodeAt(0) >> 8, 0, 0]),
        ),
      ),
      "the text is UTF-32",
    ],
  ])("names %s", async (_, bytes, message) => {
    expect(await readingFailure("a.csv", bytes)).toContain(message);
    expect(await readingFailure("a.jsonl", bytes)).toContain(message);
  });

  it("keeps NUL bytes in cells as they are, and never ends a cell at them", async () => {
    const table = await openTable(temporaryFile("a.csv", 'image,note\na\0.jpg,"\0,\0"\n'));
    expect(await readTexts(table)).toEqual([["a\0.jpg", "\0,\0"]]);
  });
});
