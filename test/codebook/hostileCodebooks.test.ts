import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { CodebookError } from "../../src/codebook/codebookError.ts";
import { maxCodebookBytes } from "../../src/codebook/decodeCodebook.ts";
import { lintCodebook } from "../../src/codebook/lintCodebook.ts";
import { parseCodebook } from "../../src/codebook/parseCodebook.ts";
import { starterCodebook } from "../../src/codebook/starterCodebook.ts";
import { seededRandom } from "../../src/seededRandom.ts";
import { temporaryFolder } from "../temporaryFolder.ts";
import { mistakesOf, mistakesWithHints } from "./mistakesOf.ts";

const notebook = readFileSync(join(import.meta.dirname, "../fixtures/codebooks/notebook.py.txt"), "utf8");

describe("codebooks made to harm", () => {
  it("refuses a bomb of aliases at every anchor and alias, without expanding it", () => {
    const levels = Array.from({ length: 30 }, (_, level) =>
      level === 0 ? "L0: &a0 [x, x]\n" : `L${level}: &a${level} [*a${level - 1}, *a${level - 1}]\n`,
    );
    const mistakes = mistakesOf(levels.join(""));
    expect(mistakes.filter((mistake) => mistake.includes("an anchor:"))).toHaveLength(30);
    expect(mistakes.filter((mistake) => mistake.includes("an alias:"))).toHaveLength(58);
  });

  it.each([
    ["brackets", "[".repeat(20_000)],
    ["brackets that are closed", `A: ${"[".repeat(20_000)}${"]".repeat(20_000)}`],
    ["braces", '{"a":'.repeat(20_000)],
    ["dashes", `A:\n  ${"- ".repeat(20_000)}x`],
    ["explicit keys", "? ".repeat(20_000)],
    ["indentation", Array.from({ length: 1000 }, (_, depth) => `${" ".repeat(depth)}k:\n`).join("")],
  ])("refuses thousands of levels of %s before it reads them", (_, text) => {
    expect(mistakesOf(text).map((mistake) => mistake.replace(/^\d+:\d+ /, ""))).toEqual([
      "nested too deeply",
    ]);
  });

  it("takes `__proto__` as a name and as an unknown key, and leaves objects alone", () => {
    expect(mistakesOf("categories:\n  A:\n    phrases: [x]\n    __proto__: {residual: true}\n")).toEqual([
      '4:5 unknown key "__proto__"',
    ]);
    expect(mistakesOf("__proto__: [x]\ncategories: {A: [x]}\n")).toEqual(['1:1 unknown key "__proto__"']);
    expect(Object.keys(Object.prototype)).toEqual([]);
  });

  it("refuses more phrases than can be compared with every image", () => {
    const phrases = Array.from({ length: 20_001 }, (_, index) => `- p${index}\n`).join("");
    expect(mistakesOf(`A:\n${phrases}`)).toEqual(["20002:3 20001 phrases; a codebook may have 20000"]);
  });

  it.each([
    ["quotes", `A: "${"x\n".repeat(maxCodebookBytes / 2 - 10)}"`],
    ["quoted texts in a row", `A: ${'"x" '.repeat(maxCodebookBytes / 4 - 10)}`],
    ["anchors", `A: ${"&a ".repeat(maxCodebookBytes / 3 - 10)}x`],
    ["commas", `A: [${",".repeat(maxCodebookBytes - 10)}`],
    ["empty texts", `{"A":[${'"",'.repeat(maxCodebookBytes / 3 - 10)}]}`],
    ["tabs", `A:\n${"\t- x\n".repeat(maxCodebookBytes / 5 - 10)}`],
    [
      "blanks before an equals sign",
      `${" \n".repeat(maxCodebookBytes / 4)}a${" ".repeat(maxCodebookBytes / 4)}`,
    ],
    ["open quotes", `A:\n${'- "\n'.repeat(maxCodebookBytes / 4 - 10)}`],
    ["apostrophes in braces", `{${"'\\' ".repeat(maxCodebookBytes / 4 - 10)}`],
  ])("answers a file full of %s within 30 seconds", { timeout: 30_000 }, (_, text) => {
    expect(Buffer.byteLength(text)).toBeLessThanOrEqual(maxCodebookBytes);
    expect(mistakesOf(text).length).toBeGreaterThan(0);
  });

  // The most that one kind may have, and one more: below the limit of all parts, where each was an error of the parser's.
  it.each([
    ["commas", (count: number) => `A: [${",".repeat(count)}]`],
    ["closing brackets", (count: number) => `A: [${"]".repeat(count)}`],
    ["quoted texts", (count: number) => `A: [${'"a" '.repeat(count)}]`],
    ["escapes", (count: number) => `A: ["${"\\q".repeat(count - 1)}"]`],
  ])("does not go on behind 100,000 %s", (_, write) => {
    const tooMany = "the file has more parts than a codebook can have";
    expect(mistakesOf(write(100_001))).toEqual([expect.stringContaining(tooMany)]);
    expect(mistakesOf(write(100_000))).not.toContainEqual(expect.stringContaining(tooMany));
  });

  it.each([
    ["in brackets", (count: number) => `A: [${"a,".repeat(count)}a]`],
    ["in lines", (count: number) => `A:\n${"- a\n".repeat(count)}`],
    ["as JSON", (count: number) => `{"A": [${'"a",'.repeat(count)}"a"]}`],
    [
      "in categories of their own",
      (count: number) => Array.from({ length: count }, (_, i) => `c${i}: [p${i}]\n`).join(""),
    ],
  ])("refuses a million phrases %s, and as many as fit into a file, in less than 500 MB", (_, write) => {
    const folder = temporaryFolder();
    const end = (name: string, text: string) => {
      const path = join(folder, name);
      writeFileSync(path, text);
      const program = join(import.meta.dirname, "parseInProcess.ts");
      return JSON.parse(execFileSync(process.execPath, [program, path], { encoding: "utf8" }));
    };
    const million = write(1_000_000);
    // The shortest way to write a million phrases just fits into the largest file.
    const refusal =
      million.length > maxCodebookBytes
        ? /a codebook may have 2097152$/
        : /more parts than a codebook can have$/;
    expect(end("million.yaml", million).end).toMatch(refusal);
    const fitting = write(Math.floor(((maxCodebookBytes - 100) * 1_000_000) / million.length));
    const { end: what, peakMegabytes } = end("fitting.yaml", fitting);
    expect(what).toMatch(
      /^(?:the file has more parts than a codebook can have|\d+ phrases; a codebook may have 20000)$/,
    );
    expect(peakMegabytes).toBeLessThan(500);
  });

  it("lists the first mistakes in the message and counts the others", () => {
    const text = `A:\n${"- 1\n".repeat(70)}`;
    const parse = () => parseCodebook(Buffer.from(text), "codebook.yaml");
    expect(parse).toThrow(
      /^codebook\.yaml:2:3: phrase of category "A" is a number[\s\S]*and 20 more mistakes$/,
    );
    expect(mistakesOf(text)).toHaveLength(70);
  });

  it("shows text of the file without control characters and shortened", () => {
    const [mistake] = mistakesWithHints(`A: ["\\e[31m${"x".repeat(500)}\\n"]`);
    expect(mistake?.what).toContain('phrase "\\u001b[31mxxx');
    expect(mistake?.what.length).toBeLessThan(200);
  });
});

it("answers 1,000 damaged codebooks with a codebook or its mistakes, nothing else (seed 11)", () => {
  const random = seededRandom(11);
  const draw = (most: number) => Math.floor(random() * most);
  const seeds = [
    Buffer.from(starterCodebook),
    Buffer.from(notebook),
    Buffer.from('{"A": ["x", "y"],\n\t"B": ["z"]}'),
  ];
  const pieces = [
    "\t",
    "- ",
    ": ",
    '"',
    "'",
    "{",
    "}",
    "[",
    "]",
    "&a ",
    "*a",
    "#",
    "\n",
    "---\n",
    "|",
    "!t ",
    "\u0000",
    "%",
  ];
  let refused = 0;
  for (let round = 0; round < 1000; round++) {
    let bytes = seeds[draw(seeds.length)] as Buffer;
    for (let change = 0; change <= draw(4); change++) {
      const at = draw(bytes.length);
      const inserted =
        random() < 0.7 ? Buffer.from(pieces[draw(pieces.length)] as string) : Buffer.from([draw(256)]);
      bytes = Buffer.concat([bytes.subarray(0, at), inserted, bytes.subarray(at + draw(3))]);
    }
    try {
      lintCodebook(parseCodebook(bytes, "codebook.yaml"));
    } catch (error) {
      if (!(error instanceof CodebookError)) throw new Error(`round ${round}: ${bytes}`, { cause: error });
      refused++;
    }
  }
  expect(refused).toBeGreaterThan(300);
  expect(refused).toBeLessThan(1000);
});
