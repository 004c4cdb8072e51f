import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { stringify } from "yaml";
import { codebookPhrases } from "../../src/codebook/codebook.ts";
import { parseCodebook } from "../../src/codebook/parseCodebook.ts";
import type { ParsedCodebook } from "../../src/codebook/parsedCodebook.ts";
import { seededRandom } from "../../src/seededRandom.ts";

const fixtures = join(import.meta.dirname, "../fixtures");
const notebook: Record<string, string[]> = JSON.parse(
  readFileSync(join(fixtures, "reference/golden.json"), "utf8"),
).codebook;

function parse(text: string): ParsedCodebook {
  return parseCodebook(new TextEncoder().encode(text), "codebook.yaml");
}

function readFixture(name: string): ParsedCodebook {
  return parseCodebook(readFileSync(join(fixtures, "codebooks", name)), name);
}

function asMapping({ codebook }: ParsedCodebook): Record<string, readonly string[]> {
  return Object.fromEntries(codebook.categories.map(({ name, phrases }) => [name, phrases]));
}

describe("parseCodebook", () => {
  it("reads the full form with every key", () => {
    const { codebook } = parse(`
title: " The streets "
language: en-GB
templates: ["a photo of {}", 'a "picture" of {}']
categories:
  Rally:
    description: |
      Crowds.
      Stages.
    instructions: Choose this for crowds.
    phrases:
      - >
        a crowd
        in a street
      - "  a stage: with lights "
  Other:
    residual: true
    phrases: [food]
    examples: [ a\\new.jpg, " b.png"]
  " Short ": [houses, trees]
`);
    expect(codebook).toEqual({
      title: "The streets",
      language: "en-GB",
      templates: ["a photo of {}", 'a "picture" of {}'],
      categories: [
        {
          name: "Rally",
          description: "Crowds.\nStages.",
          instructions: "Choose this for crowds.",
          phrases: ["a crowd in a street", "a stage: with lights"],
        },
        { name: "Other", residual: true, phrases: ["food"], examples: ["a\\new.jpg", " b.png"] },
        { name: "Short", phrases: ["houses", "trees"] },
      ],
    });
  });

  it("reads the plain mapping, and a single template", () => {
    expect(parse("A:\n- x\n- y\nB: [z]\n").codebook).toEqual({
      templates: [],
      categories: [
        { name: "A", phrases: ["x", "y"] },
        { name: "B", phrases: ["z"] },
      ],
    });
    expect(parse("template: a photo of {}\ncategories: {A: [x]}\n").codebook.templates).toEqual([
      "a photo of {}",
    ]);
  });

  it("loads a Python dict pasted from a notebook, with its name, comments and trailing commas", () => {
    const parsed = readFixture("notebook.py.txt");
    expect(asMapping(parsed)).toEqual(notebook);
    expect(Object.keys(asMapping(parsed))).toEqual(Object.keys(notebook));
    expect(parsed.phrasePositions[0]).toEqual({ line: 4, column: 9 });
  });

  it("loads a Python dict in single quotes, with escaped and other apostrophes", () => {
    const text = `cb: dict = {'A': ['it\\'s "big"', "it's small"],# don't\n 'B': ['x']}\n`;
    expect(asMapping(parse(text))).toEqual({ A: [`it's "big"`, "it's small"], B: ["x"] });
  });

  it("loads JSON indented with tabs, with escaped slashes and characters", () => {
    expect(asMapping(readFixture("tabs.json"))).toEqual(notebook);
    expect(asMapping(parse('{"A":["\\u00e9 \\ud83d\\ude00"],"B":["\\/"]}'))).toEqual({
      A: ["é 😀"],
      B: ["/"],
    });
  });

  it("reads a file with byte-order mark, CRLF or lone CR as without", () => {
    const { codebook, categoryPositions, phrasePositions } = readFixture("bom-crlf.yaml");
    expect(codebook.title).toBe("Straßen");
    expect(codebook.categories.map(({ phrases }) => phrases)).toEqual([
      ["Menschen auf der Straße"],
      ["ein Baum"],
    ]);
    expect(codebook.categories[1]?.description).toBe("zwei\nZeilen");
    expect(categoryPositions).toEqual([
      { line: 3, column: 3 },
      { line: 5, column: 3 },
    ]);
    expect(phrasePositions[1]).toEqual({ line: 10, column: 9 });
    expect(parse("A:\r  - x\r  - y\r").phrasePositions[1]).toEqual({ line: 3, column: 5 });
  });

  it("keeps any script, right-to-left text and joined emoji", () => {
    const { codebook } = readFixture("scripts.yaml");
    expect(codebook.title).toBe("📷 صور");
    expect(codebook.categories.map(({ name }) => name)).toEqual([
      "مظاهرة",
      "集会",
      "👩‍👩‍👧 family",
      "Ἀγορά",
      "भीड़",
      "अन्य (Other)",
    ]);
    expect(codebook.categories[2]?.phrases).toEqual(["a family 👩‍👩‍👧 in a park"]);
  });

  it("takes names as they are written, in the file's order", () => {
    const names = ["10", "2", "007", "true", "No", "constructor", "__proto__", "1e3", "title page"];
    const { codebook } = parse(names.map((name, index) => `${name}: [phrase ${index}]\n`).join(""));
    expect(codebook.categories).toEqual(names.map((name, index) => ({ name, phrases: [`phrase ${index}`] })));
  });

  it("gives every phrase its place, counted in UTF-16 units", () => {
    const { codebook, phrasePositions } = parse('A: ["😀", "b"]\nB:\n  - c d\n  -   e\n');
    expect(codebookPhrases(codebook).map(({ text }) => text)).toEqual(["😀", "b", "c d", "e"]);
    expect(phrasePositions).toEqual([
      { line: 1, column: 5 },
      { line: 1, column: 11 },
      { line: 3, column: 5 },
      { line: 4, column: 7 },
    ]);
  });

  it("returns what was written, for 200 random codebooks as JSON, YAML and Python (seed 7)", () => {
    const random = seededRandom(7);
    const alphabet = [..."ab #:'\"-[]{},&*!|>%@`?\\/é😀中ا\t="];
    const draw = (most: number) => Math.floor(random() * most);
    const randomText = () => {
      const text = Array.from({ length: 1 + draw(12) }, () => alphabet[draw(alphabet.length)]).join("");
      return `${text.replace(/[\t\\]|^[rbuf]["']/giu, "")} ${draw(1e9)}`.trim().replace(/\s+/gu, " ");
    };
    for (let round = 0; round < 200; round++) {
      const names = Array.from({ length: 1 + draw(4) }, (_, index) => `${randomText()}.${index}`);
      const written = Object.fromEntries(
        names.map((name) => [
          name,
          Array.from({ length: 1 + draw(4) }, (_, index) => `p${index} ${randomText()}`),
        ]),
      );
      expect(asMapping(parse(JSON.stringify(written))), "JSON").toEqual(written);
      expect(asMapping(parse(stringify(written))), "YAML").toEqual(written);
      expect(asMapping(parse(stringify({ categories: written }))), "YAML, full form").toEqual(written);
      expect(asMapping(parse(`codes = ${JSON.stringify(written, undefined, "\t")}`)), "Python").toEqual(
        written,
      );
    }
  });
});
