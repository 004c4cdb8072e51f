import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { lintCodebook } from "../../src/codebook/lintCodebook.ts";
import { parseCodebook } from "../../src/codebook/parseCodebook.ts";

function lint(text: string, scoring?: "max" | "sum" | "mean"): readonly string[] {
  const parsed = parseCodebook(Buffer.from(text), "codebook.yaml");
  return lintCodebook(parsed, scoring === undefined ? {} : { scoring }).map(
    ({ line, column, code, what, hint }) =>
      `${line}:${column} ${code}: ${what}${hint === "" ? " NO HINT" : ""}`,
  );
}

const residual = "Other: [a landscape with hills]\n";

describe("lintCodebook", () => {
  it("finds nothing to say about a sound codebook", () => {
    expect(lint(`A:\n  - a crowd in a street\n  - a stage\n${residual}`)).toEqual([]);
  });

  it("names phrases that say nearly the same, both places and both categories", () => {
    const text = `A:\n  - a crowd in a street\n  - A crowd, in the street!\nB: [crowds in streets]\n${residual}`;
    expect(lint(text)).toEqual([
      '3:5 near-identical-phrases: phrases "A crowd, in the street!" and "a crowd in a street" (line 2, column 5), both of "A", say nearly the same',
      '4:5 near-identical-phrases: phrases "crowds in streets" and "a crowd in a street" (line 2, column 5), of "B" and "A", say nearly the same',
    ]);
  });

  it("names categories with far fewer phrases than the largest, unless phrases are averaged", () => {
    const phrases = Array.from({ length: 9 }, (_, index) => `  - ${"bcefghijk"[index]} man at work\n`).join(
      "",
    );
    const text = `B: [a dog, the moon]\nA:\n${phrases}${residual}C: [b b, c c, d d, e e]\n`;
    expect(lint(text)).toEqual([
      '2:1 unequal-phrase-counts: very unequal numbers of phrases: "A" 9, "B" 2, "Other" 1; the best phrase decides, and 9 phrases have 9 chances, 1 phrase has one',
    ]);
    expect(lint(text, "max")).toEqual(lint(text));
    expect(lint(text, "sum")[0]).toContain("the phrases' probabilities are added");
    expect(lint(text, "mean")).toEqual([]);
    expect(lint(`A: [a dog, the moon]\n${residual}`)).toEqual([]);
  });

  it("misses a residual category, by its key or by its name in several languages", () => {
    const warning =
      "1:1 no-residual-category: no residual category: an image that fits nowhere gets the least unfitting category";
    expect(lint("A: [a dog]\nB: [the moon]\n")).toEqual([warning]);
    expect(lint("A: [a dog]\nAnother rally: [the moon]\n")).toEqual([warning]);
    expect(lint("categories:\n  A: [a dog]\n  B: {phrases: [the moon], residual: true}\n")).toEqual([]);
    for (const name of [
      "Other",
      "none of these",
      "Sonstiges",
      "Autre / divers",
      "Otros",
      "MISC.",
      "その他",
    ]) {
      expect(lint(`A: [a dog]\n${name}: [the moon]\n`), name).toEqual([]);
    }
  });

  it("says what a single category comes to", () => {
    expect(lint("A: [a dog]\n")).toEqual(["1:1 single-category: a single category: every image gets it"]);
  });

  it("names negations, in the codebook's language where it is known", () => {
    expect(lint(`A: [a square without people]\n${residual}`)).toEqual([
      '1:5 negation: phrase "a square without people" negates with "without", which CLIP does not understand',
    ]);
    const spanish = "categories: {A: [una calle sin gente], Otros: [the moon]}\n";
    expect(lint(spanish)).toHaveLength(1);
    expect(lint(`language: en\n${spanish}`)).toEqual([]);
  });

  it("doubts single words, in scripts that separate words", () => {
    expect(lint(`A: [crowd, Menschenmenge., 集会, 2024 b]\nOther: [Berg am See, "🎉"]\n`)).toEqual([
      '1:5 one-word-phrase: phrase "crowd" is a single word',
      '1:12 one-word-phrase: phrase "Menschenmenge." is a single word',
    ]);
  });

  it("doubts a comment that begins like a hashtag behind an unquoted phrase", () => {
    expect(
      lint(`A:\n  - a poster #vote now\n  - a flyer # plain\n  - "a sign" #x\n${residual}`, "mean"),
    ).toEqual(['2:5 comment-in-phrase: phrase "a poster" ends before the comment "#vote now"']);
  });

  it("doubts quotes from a word processor", () => {
    expect(lint(`A: [“a poster on walls”, an “election” poster]\n${residual}`)).toEqual([
      '1:5 typographic-quotes: phrase "“a poster on walls”" keeps its typographic quotes',
    ]);
  });

  it("finds in the notebook's codebook what spoiled its results", () => {
    const notebook = readFileSync(join(import.meta.dirname, "../fixtures/codebooks/notebook.py.txt"), "utf8");
    expect(lint(notebook).map((warning) => / (\S+):/.exec(warning)?.[1])).toEqual([
      "no-residual-category",
      "unequal-phrase-counts",
      "negation",
      "negation",
    ]);
  });
});
