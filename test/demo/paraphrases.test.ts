import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { drawnCategories, pictureKinds } from "../../demo/drawPicture.ts";
import { packageRoot } from "../../src/packageRoot.ts";
import { loadCodebook } from "../../src/pipeline/loadCodebook.ts";

const demo = (...path: string[]) => join(packageRoot, "demo", ...path);
const paraphrased = ["short", "medium", "long"].map((length) =>
  demo("evaluation", `paraphrase-${length}.yaml`),
);

/** Lower-case words with single spaces round each, as the training's `normalise` in captions.py has them. */
const normalise = (text: string) =>
  ` ${text
    .toLowerCase()
    .match(/[a-z0-9']+/g)
    ?.join(" ")} `;

/** Everything that a caption can contain as a whole. */
function captionParts(): readonly string[] {
  const vocabulary = parse(readFileSync(demo("training", "vocabulary.yaml"), "utf8"));
  const lists: string[] = [vocabulary.neutral, ...vocabulary.concepts].flatMap(
    ({ openings = "", closings = "", things = "", actions = "" }) => [openings, closings, things, actions],
  );
  const notebook: { phrase: string }[] = parse(
    readFileSync(demo("training", "notebook_phrases.yaml"), "utf8"),
  );
  return [...lists.flatMap((list) => list.split(",")), ...notebook.map(({ phrase }) => phrase)];
}

describe("the paraphrased codebooks", () => {
  it("have the demo's categories and no phrase in common with it", async () => {
    const own = (await loadCodebook(demo("codebook.yaml"))).codebook.categories;
    const phrases = new Set(own.flatMap((category) => category.phrases.map(normalise)));
    expect(own.map(({ name }) => name)).toEqual(drawnCategories);
    expect(phrases.size).toBe(26);
    for (const path of paraphrased) {
      const { categories } = (await loadCodebook(path)).codebook;
      expect(categories.map(({ name }) => name)).toEqual(drawnCategories);
      for (const phrase of categories.flatMap((category) => category.phrases)) {
        expect(phrases.has(normalise(phrase)), phrase).toBe(false);
      }
    }
  });

  it("share no whole phrase with what captions are made of", async () => {
    const parts = captionParts().map(normalise);
    expect(parts.length).toBeGreaterThan(1500);
    for (const path of paraphrased) {
      const { categories } = (await loadCodebook(path)).codebook;
      for (const phrase of categories.flatMap((category) => category.phrases)) {
        expect(
          parts.filter((part) => part.includes(normalise(phrase))),
          `${path}: ${phrase}`,
        ).toEqual([]);
      }
    }
  });
});

describe("the captions' vocabulary", () => {
  it("has words for every kind of picture, and only for kinds that are drawn", () => {
    const { concepts } = parse(readFileSync(demo("training", "vocabulary.yaml"), "utf8"));
    const named = new Set(concepts.flatMap(({ kinds }: { kinds: string[] }) => kinds));
    expect([...named].sort()).toEqual([...pictureKinds].sort());
  });
});
