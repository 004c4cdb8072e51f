import { expect, it } from "vitest";
import { parse } from "yaml";
import { lintCodebook } from "../../src/codebook/lintCodebook.ts";
import { parseCodebook } from "../../src/codebook/parseCodebook.ts";
import { starterCodebook } from "../../src/codebook/starterCodebook.ts";

it("the starter codebook is valid, has no warnings, and shows every key", () => {
  const parsed = parseCodebook(Buffer.from(starterCodebook), "codebook.yaml");
  expect(lintCodebook(parsed)).toEqual([]);
  expect(parsed.codebook.categories.map(({ name, phrases }) => [name, phrases.length])).toEqual([
    ["Rally", 3],
    ["Conversation", 3],
    ["Printed matter", 3],
    ["Other", 3],
  ]);
  expect(parsed.codebook.categories.at(-1)?.residual).toBe(true);
  for (const key of ["title", "language", "template", "description", "instructions", "phrases", "residual"]) {
    expect(starterCodebook, key).toMatch(new RegExp(`^ *(?:# )?${key}:`, "m"));
  }
});

it("the template that the starter has in a comment works when the comment sign is removed", () => {
  const text = starterCodebook.replace("# template:", "template:");
  expect(parse(text)).toHaveProperty("template");
  expect(parseCodebook(Buffer.from(text), "codebook.yaml").codebook.templates).toEqual(["a photo of {}"]);
});
