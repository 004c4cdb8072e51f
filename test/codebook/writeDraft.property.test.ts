import { describe, expect, it } from "vitest";
import { CodebookError } from "../../src/codebook/codebookError.ts";
import { readDraft } from "../../src/codebook/readDraft.ts";
import { codebookTextForm } from "../../src/codebook/text/codebookTextForm.ts";
import { categoryParts, partsOf, phraseList } from "../../src/codebook/text/draftOfLayout.ts";
import { normaliseDraft } from "../../src/codebook/text/normaliseDraft.ts";
import { maybeWrittenDraft, type WrittenDraft } from "../../src/codebook/text/readWritten.ts";
import type { ScalarText, TextPart } from "../../src/codebook/text/textPart.ts";
import { writeDraft } from "../../src/codebook/writeDraft.ts";
import { chanceOf, randomCodebook } from "./randomCodebook.ts";
import { editRandomly } from "./randomEdits.ts";

const seeds = Array.from({ length: 1500 }, (_, i) => i + 1);

/** A draft without what is undefined and without sources, for comparing. */
function said(draft: object): unknown {
  return JSON.parse(JSON.stringify(draft, (key, value) => (key === "source" ? undefined : value)));
}

describe("writeDraft, with random codebooks", () => {
  it("gives the text back to the byte when nothing has changed", () => {
    for (const seed of seeds) {
      const text = randomCodebook(chanceOf(seed));
      expect(writeDraft(text, readDraft(text, "codebook.yaml")), `seed ${seed}`).toBe(text);
    }
  });

  it("writes what reads back as the draft, comments included, whatever was edited", () => {
    let unfinished = 0;
    for (const seed of seeds) {
      const chance = chanceOf(seed);
      const text = randomCodebook(chance);
      const draft = editRandomly(readDraft(text, "codebook.yaml"), chance);
      const written = writeDraft(text, draft);
      const wanted = said(normaliseDraft(draft, { hasComments: codebookTextForm(text) !== "json" }));
      try {
        expect(said(readDraft(written, "codebook.yaml")), `seed ${seed}: ${text}`).toEqual(wanted);
      } catch (error) {
        // A category that has lost its last phrase is a mistake, but it is written all the same.
        if (!(error instanceof CodebookError)) throw error;
        expect(error.message).toContain("has no phrases");
        expect(said(maybeWrittenDraft(written)?.draft ?? {}), `seed ${seed}: ${text}`).toEqual(wanted);
        unfinished += 1;
      }
    }
    expect(unfinished).toBeLessThan(seeds.length / 4);
  });

  it("changes nothing but the phrase when a phrase is changed", () => {
    for (const seed of seeds) {
      const chance = chanceOf(seed);
      const text = randomCodebook(chance);
      const draft = readDraft(text, "codebook.yaml");
      const index = chance.below(draft.categories.flatMap(({ phrases }) => phrases).length);
      const changed = {
        ...draft,
        categories: draft.categories.map((category) => ({
          ...category,
          phrases: category.phrases.map((phrase) =>
            phrase.source === index ? { ...phrase, text: "something else" } : phrase,
          ),
        })),
      };
      const { mark, layout, text: unmarked } = maybeWrittenDraft(text) as WrittenDraft;
      const { value } = categoryParts(layout).flatMap((part) => partsOf(phraseList(part)))[index] as TextPart;
      const { node, raw } = value as ScalarText;
      const start = node?.start as number;
      const written = writeDraft(text, changed);
      const before = mark + unmarked.slice(0, start);
      const after = unmarked.slice(start + raw.length);
      expect(written.slice(0, before.length), `seed ${seed}: ${text}`).toBe(before);
      expect(written.slice(-after.length || written.length), `seed ${seed}: ${text}`).toBe(after);
      const said = written.slice(before.length, written.length - after.length);
      expect(["something else", "'something else'", '"something else"']).toContain(said);
    }
  });
});
