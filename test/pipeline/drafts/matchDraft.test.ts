import { describe, expect, it } from "vitest";
import type { CodebookDraft } from "../../../src/codebook/codebookDraft.ts";
import { readDraft } from "../../../src/codebook/readDraft.ts";
import { matchDraft } from "../../../src/pipeline/drafts/matchDraft.ts";

const base = readDraft("A: [a1, a2]\nB: [b1]\nC: [c1]\n", "codebook.yaml");
const [a, b, c] = base.categories as [never, never, never];
const run = {
  templates: [],
  categories: [
    { name: "C", phrases: ["c1"] },
    { name: "A", phrases: ["a1", "a2"] },
    { name: "Gone", phrases: ["g1"] },
  ],
};

function match(categories: CodebookDraft["categories"]) {
  const { categoryInRun, categoryInDraft, phraseInRun } = matchDraft(
    { templates: [], categories },
    base,
    run,
  );
  return [[...categoryInRun], [...categoryInDraft], [...phraseInRun]];
}

describe("matchDraft", () => {
  it("finds categories and phrases of the text in the run by their names there", () => {
    expect(match([a, b, c])).toEqual([
      [1, -1, 0],
      [2, 0, -1],
      [1, 2, -1, 0],
    ]);
  });

  it("follows a category and a phrase that have other names now", () => {
    const renamed = {
      ...(a as object),
      name: "C",
      phrases: [
        { source: 1, text: "a1" },
        { source: 0, text: "x" },
      ],
    };
    expect(match([renamed as never, { ...(c as object), name: "A" } as never])).toEqual([
      [1, 0],
      [1, 0, -1],
      [2, 1, 0],
    ]);
  });

  it("takes a new one for what has its name in the run, unless another one is that", () => {
    const added = { name: "Gone ", phrases: [{ text: "g1" }] };
    expect(match([added, { name: "A", phrases: [{ text: "a1" }] }])[0]).toEqual([2, 1]);
    expect(
      match([{ name: "A", phrases: [{ text: "a1" }] }, { ...(a as object), name: "New" } as never]),
    ).toEqual([
      [-1, 1],
      [-1, 1, -1],
      [-1, 1, 2],
    ]);
  });

  it("knows a category that was renamed before the editing began by its phrases", () => {
    const matched = (text: string) => {
      const draft = readDraft(text, "codebook.yaml");
      return [...matchDraft(draft, draft, run).categoryInRun];
    };
    expect(matched("Renamed: [a1, a2, a3]\n")).toEqual([1]);
    // By those of the text, whatever is deleted of them now.
    const text = readDraft("Renamed: [a1, a2]\n", "codebook.yaml");
    const [category] = text.categories as [never];
    const edited = { ...(category as object), phrases: [{ source: 0, text: "other" }] } as never;
    expect([...matchDraft({ ...text, categories: [edited] }, text, run).categoryInRun]).toEqual([1]);
    // Half of the phrases are not enough, a namesake goes first, and a new one with such phrases is a new one.
    expect(matched("Renamed: [a1, b]\n")).toEqual([-1]);
    expect(matched("Renamed: [a1, a2]\nA: [x]\n")).toEqual([-1, 1]);
    expect(match([{ name: "Renamed", phrases: [{ text: "a1" }, { text: "a2" }] }])[0]).toEqual([-1]);
  });
});
