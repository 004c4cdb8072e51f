import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { maxCodebookBytes } from "../../src/codebook/decodeCodebook.ts";
import { mistakesOf, mistakesWithHints } from "./mistakesOf.ts";

const fixtures = join(import.meta.dirname, "../fixtures/codebooks");

describe("a codebook that is no UTF-8", () => {
  it("is refused at its first wrong byte, with the other mistakes in it", () => {
    const [encoding, number, ...rest] = mistakesWithHints(readFileSync(join(fixtures, "latin1.yaml")));
    // The sharp s is the fifth byte of the first line.
    expect(encoding).toMatchObject({ place: "1:5", what: "not UTF-8: byte 0xDF at byte offset 4" });
    expect(encoding?.hint).toContain("UTF-8");
    expect(number).toMatchObject({
      place: "3:5",
      what: 'phrase of category "Straße" is a number, not a text: "12"',
    });
    expect(rest).toEqual([]);
  });

  it("is placed in characters, not in bytes, behind text that is UTF-8", () => {
    const bytes = Buffer.concat([Buffer.from("A:\r\n  - 😀é集"), Buffer.from([0xfc, 0x0a])]);
    expect(mistakesOf(bytes)).toEqual(["2:9 not UTF-8: byte 0xFC at byte offset 17"]);
  });

  it.each([
    ["a character cut at the file's end", [0xf0, 0x9f, 0x98], "F0"],
    ["an overlong character", [0xc0, 0xaf, 0x0a], "C0"],
    ["half of a surrogate pair", [0xed, 0xa0, 0x80, 0x0a], "ED"],
    ["a continuation without a beginning", [0x80, 0x0a], "80"],
    ["a character above Unicode's last", [0xf5, 0x80, 0x80, 0x80, 0x0a], "F5"],
  ])("is found in %s", (_, wrong, byte) => {
    const bytes = Buffer.concat([Buffer.from("A:\n  - é x"), Buffer.from(wrong)]);
    expect(mistakesOf(bytes)).toEqual([`2:8 not UTF-8: byte 0x${byte} at byte offset 11`]);
  });

  it("keeps the places of the other mistakes behind a byte-order mark", () => {
    const bytes = Buffer.concat([Buffer.from("\uFEFFA: [12, "), Buffer.from([0xfc]), Buffer.from("]\n")]);
    expect(mistakesOf(bytes)).toEqual([
      '1:5 phrase of category "A" is a number, not a text: "12"',
      "1:9 not UTF-8: byte 0xFC at byte offset 11",
    ]);
  });

  it("is named when it is UTF-16 or no text", () => {
    expect(mistakesOf(readFileSync(join(fixtures, "utf16.yaml")))).toEqual([
      "1:1 the file is UTF-16, not UTF-8",
    ]);
    expect(mistakesOf(Buffer.from([0x89, 0x50, 0x00, 0x47]))).toEqual(["1:1 the file is not a text file"]);
  });
});

it("refuses a file above the limit, and reads one just below", () => {
  const line = (index: number) => `  - phrase ${`${index}`.padStart(5, "0")} ${"x".repeat(80)}\n`;
  const lines = Array.from({ length: 20_000 }, (_, index) => line(index)).join("");
  const fitting = `A:\n${lines}`;
  expect(fitting.length).toBeLessThan(maxCodebookBytes);
  expect(mistakesOf(fitting)).toEqual([]);
  expect(mistakesOf(`${fitting}${"#".repeat(maxCodebookBytes - fitting.length + 1)}`)).toEqual([
    `1:1 the file has ${maxCodebookBytes + 1} bytes; a codebook may have ${maxCodebookBytes}`,
  ]);
});
