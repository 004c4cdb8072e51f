import type { CodebookDraft } from "../../../src/codebook/codebookDraft.ts";
import { type KeyedDraft, keyDraft } from "../../../web/codebook/keyedDraft.ts";

const draft: CodebookDraft = {
  title: "Streets",
  templates: [],
  categories: [
    {
      source: 0,
      name: "Rally",
      description: "Many people.",
      phrases: [
        { source: 0, text: "a crowd with banners", comment: "the usual" },
        { source: 1, text: "a speaker on a stage" },
        { source: 2, text: "people marching" },
      ],
    },
    { source: 1, name: "Talk", phrases: [{ source: 3, text: "two people at a table" }] },
    { source: 2, name: "Other", residual: true, phrases: [{ source: 4, text: "a plate of food" }] },
  ],
};

/** Three categories with keys `c0..c2`, and five phrases with keys `p0..p4`; frozen, so that no edit can write into it. */
export function draftOfTest(): KeyedDraft {
  const keyed = keyDraft(structuredClone(draft), {
    categoryKeys: ["c0", "c1", "c2"],
    phraseKeys: ["p0", "p1", "p2", "p3", "p4"],
  });
  return deepFreeze(keyed);
}

function deepFreeze<Value>(value: Value): Value {
  if (typeof value === "object" && value !== null) {
    for (const part of Object.values(value)) deepFreeze(part);
    Object.freeze(value);
  }
  return value;
}

/** A draft in short: `Rally: p0 p1 p2`. */
export function outline({ categories }: KeyedDraft): readonly string[] {
  return categories.map(({ name, phrases }) => [`${name}:`, ...phrases.map(({ key }) => key)].join(" "));
}
