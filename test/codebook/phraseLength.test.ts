import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { parseCodebook } from "../../src/codebook/parseCodebook.ts";
import { checkPhraseLengths } from "../../src/codebook/phraseLength.ts";
import { loadPhraseTokenizer } from "../../src/model/phraseTokenizer.ts";

const models = join(import.meta.dirname, "../fixtures/reference");

async function lengthMistakes(text: string, model: "tiny-clip" | "tiny-siglip", contextLength: number) {
  const folder = join(models, model);
  const tokenizer = await loadPhraseTokenizer(
    join(folder, "tokenizer.json"),
    join(folder, "tokenizer_config.json"),
    { family: model === "tiny-clip" ? "clip" : "siglip", contextLength, limitMs: undefined },
  );
  const parsed = parseCodebook(Buffer.from(text), "codebook.yaml");
  return checkPhraseLengths(parsed, (phrase) => tokenizer.encode(phrase).length, contextLength);
}

const words = (count: number) => Array.from({ length: count }, () => "photo").join(" ");

describe("checkPhraseLengths", () => {
  it("counts the special tokens: 77 tokens fit CLIP's 77, one more does not", async () => {
    const one = (await lengthMistakes("A: [photo]", "tiny-clip", 2))[0]?.what ?? "";
    const tokensOfOne = Number(/has (\d+) tokens/.exec(one)?.[1]);
    const perWord = tokensOfOne - 2;
    const most = Math.floor(75 / perWord);
    expect(await lengthMistakes(`A: [${words(most)}]`, "tiny-clip", 2 + most * perWord)).toEqual([]);
    expect(await lengthMistakes(`A:\n  - ${words(most)}\n`, "tiny-clip", 1 + most * perWord)).toMatchObject([
      { line: 2, column: 5, what: expect.stringContaining(`has ${2 + most * perWord} tokens`) },
    ]);
  });

  it("names every phrase that is too long, its tokens, the limit and the way out", async () => {
    const text = `A:\n  - short\n  - ${words(100)}\nB: ["${words(90)} b"]\n`;
    const mistakes = await lengthMistakes(text, "tiny-siglip", 64);
    expect(mistakes.map(({ line, column }) => `${line}:${column}`)).toEqual(["3:5", "4:5"]);
    expect(mistakes[0]?.what).toMatch(/^phrase "photo photo [^"]*…" has \d+ tokens, the model reads 64$/);
    expect(mistakes[0]?.hint).toContain("--truncate");
  });

  it("counts the phrase in the longest template, and names that", () => {
    const parsed = parseCodebook(
      Buffer.from("templates: ['a {}', 'a very long photo of {} in a street']\ncategories: {A: [b c, d]}\n"),
      "codebook.yaml",
    );
    const countWords = (text: string) => text.split(" ").length;
    expect(checkPhraseLengths(parsed, countWords, 10)).toEqual([]);
    expect(checkPhraseLengths(parsed, countWords, 9)).toMatchObject([
      {
        line: 2,
        column: 18,
        what: 'phrase "b c" in the template "a very long photo of {} in a street" has 10 tokens, the model reads 9',
      },
    ]);
  });
});
