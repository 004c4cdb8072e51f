import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Codebook } from "../../src/codebook/codebook.ts";
import { CodebookError } from "../../src/codebook/codebookError.ts";
import { decodeCodebook } from "../../src/codebook/decodeCodebook.ts";
import { lintCodebook } from "../../src/codebook/lintCodebook.ts";
import { parseCodebook } from "../../src/codebook/parseCodebook.ts";
import { starterCodebook } from "../../src/codebook/starterCodebook.ts";
import { chanceOf, randomCodebook } from "../codebook/randomCodebook.ts";
import type { FuzzTarget } from "./fuzzTarget.ts";

const fixtures = join(import.meta.dirname, "../fixtures/codebooks");

/** Codebooks of all forms to begin with. */
export const codebookSeeds: readonly Uint8Array[] = [
  ...readdirSync(fixtures).map((name) => readFileSync(join(fixtures, name))),
  Buffer.from(starterCodebook),
  Buffer.from('{"A": ["x", "y"],\n\t"B": ["z"]}'),
  Buffer.from("a = {'A': ['it\\'s', \"x\"], # c\n 'B': ['z',],}\n"),
  Buffer.from(
    "title: t\ntemplates: ['a {}', '{} b']\ncategories:\n  A: {phrases: [x], residual: true, examples: [a.jpg]}\n  B:\n    instructions: |\n      one\n      two\n    phrases:\n      - >-\n        u\n        v\n      - w # c\n",
  ),
];

/** What means something in YAML, JSON or Python. */
export const codebookTokens: readonly string[] = [
  ..."\t|- |: |\"|'|{|}|[|]|&a |*a|#|\n|---\n|!t |%|? |<<: |~|...|>|,|\\|\\u0000|\\ud800|'''|==".split("|"),
  ..."| |\n  |\n    |\n- |A:|phrases:|categories:|title:|template:|{}|residual: true|<\u200b|\u202e|\u00a0|é|e\u0301|true|007|.inf".split(
    "|",
  ),
  "|",
  "|\n",
];

/** The parser of codebooks. */
export const codebookTarget: FuzzTarget = {
  name: "codebook",
  seeds: codebookSeeds,
  tokens: codebookTokens,
  generate: (seed) => Buffer.from(randomCodebook(chanceOf(seed))),
  check(bytes) {
    try {
      const parsed = parseCodebook(bytes, "codebook.yaml");
      lintCodebook(parsed);
      const printed = Buffer.from(printJson(parsed.codebook));
      assert.deepEqual(parseCodebook(printed, "codebook.yaml").codebook, parsed.codebook);
    } catch (error) {
      if (!(error instanceof CodebookError)) throw error;
      requirePlaces(error, bytes);
    }
  },
};

/** Every mistake is at a place that the file has. */
function requirePlaces({ mistakes }: CodebookError, bytes: Uint8Array): void {
  const lines = (decodeCodebook(bytes).text ?? "").split("\n");
  for (const { line, column, what, hint } of mistakes) {
    assert.ok(what !== "" && hint !== "", "a mistake says what and what to do");
    const length = lines[line - 1]?.length;
    assert.ok(
      length !== undefined && column >= 1 && column <= length + 1,
      `${line}:${column} is not in the text: ${what}`,
    );
  }
}

/** The codebook in the full form as JSON; written by hand, because objects would move names such as `7`. */
function printJson({ categories, ...head }: Codebook): string {
  const written = categories.map(
    ({ name, ...category }) => `${JSON.stringify(name)}: ${JSON.stringify(category)}`,
  );
  return `${JSON.stringify(head).slice(0, -1)}, "categories": {${written.join(", ")}}}`;
}
