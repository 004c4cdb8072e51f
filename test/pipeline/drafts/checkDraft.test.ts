import { describe, expect, it } from "vitest";
import type { CodebookDraft, DraftCategory } from "../../../src/codebook/codebookDraft.ts";
import { readDraft } from "../../../src/codebook/readDraft.ts";
import { checkDraft } from "../../../src/pipeline/drafts/checkDraft.ts";

const baseTexts = {
  yaml: "title: t\ncategories:\n  A:\n    instructions: i\n    phrases: [a man]\n  B: [a dog]\n",
  json: '{"title": "t", "categories": {"A": {"instructions": "i", "phrases": ["a man"]}, "B": ["a dog"]}}',
  python: "codes = {'A': ['a man'], 'B': ['a dog']}",
};

type Edit = (draft: CodebookDraft) => CodebookDraft;

const first =
  (change: Partial<DraftCategory>): Edit =>
  (draft) => ({
    ...draft,
    categories: draft.categories.map((category, i) => (i === 0 ? { ...category, ...change } : category)),
  });
const phrase = (text: string): Edit => first({ phrases: [{ source: 0, text }] });

const edits: readonly (readonly [what: string, edit: Edit])[] = [
  ["contains the control character U+0007", phrase("a\u0007b")],
  ["contains the control character U+009B", first({ name: "a\u009bb" })],
  ["contains a line break", phrase("a\u2028b")],
  ["contains U+202E, which changes the direction of writing", phrase("a\u202eb")],
  ["contains U+2067, which changes the direction of writing", first({ instructions: "a\u2067b" })],
  ["contains U+202D, which changes the direction of writing", (draft) => ({ ...draft, title: "a\u202db" })],
  ["contains U+200B, which nobody sees", first({ name: "a\u200bb" })],
  ["contains a damaged character", phrase("a\ud800b")],
  ["contains <|endoftext|>, which a model reads as a command", phrase("a <|endoftext|>")],
  ["contains </s>, which a model reads as a command", (draft) => ({ ...draft, templates: ["{} </s>"] })],
  ['is in category "B" and in category "A"', phrase("a dog")],
  ["is to a model the same as", phrase("A  Dog")],
  [
    'differs from "c\u00e9" only by case',
    (draft) => ({
      ...draft,
      categories: [
        ...draft.categories,
        { name: "c\u00e9", phrases: [{ text: "c" }] },
        { name: "Ce\u0301", phrases: [{ text: "d" }] },
      ],
    }),
  ],
  ["is there twice", first({ name: " B " })],
  ["has no phrases", first({ phrases: [] })],
];

describe("checkDraft", () => {
  for (const [form, baseText] of Object.entries(baseTexts)) {
    it.each(edits)(`finds in a draft over ${form} what it would find in a file: %s`, (what, edit) => {
      const draft = edit(readDraft(baseText, "codebook.yaml"));
      const { parsed, mistakes } = checkDraft(baseText, draft, "codebook.yaml");
      expect(parsed).toBeUndefined();
      expect(mistakes.map((mistake) => mistake.what)).toEqual([expect.stringContaining(what)]);
    });
  }

  it("takes `__proto__` and `constructor` as names like any other", () => {
    for (const name of ["__proto__", "constructor", "<<", "toString"]) {
      const draft = first({ name })(readDraft(baseTexts.yaml, "codebook.yaml"));
      expect(checkDraft(baseTexts.yaml, draft, "codebook.yaml").parsed?.codebook.categories[0]?.name).toBe(
        name,
      );
    }
  });
});
