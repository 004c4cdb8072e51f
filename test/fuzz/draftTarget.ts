import assert from "node:assert/strict";
import type { CodebookDraft } from "../../src/codebook/codebookDraft.ts";
import { CodebookError } from "../../src/codebook/codebookError.ts";
import { readDraft } from "../../src/codebook/readDraft.ts";
import { codebookTextForm } from "../../src/codebook/text/codebookTextForm.ts";
import { normaliseDraft } from "../../src/codebook/text/normaliseDraft.ts";
import { writeDraft } from "../../src/codebook/writeDraft.ts";
import { chanceOf, randomCodebook } from "../codebook/randomCodebook.ts";
import { editRandomly } from "../codebook/randomEdits.ts";
import { codebookSeeds, codebookTokens } from "./codebookTarget.ts";
import type { FuzzTarget } from "./fuzzTarget.ts";

/** A codebook's text that is edited and saved. */
export const draftTarget: FuzzTarget = {
  name: "draft",
  seeds: codebookSeeds,
  tokens: codebookTokens,
  generate: (seed) => Buffer.from(randomCodebook(chanceOf(seed))),
  check(bytes) {
    const text = Buffer.from(bytes).toString("utf8");
    const draft = maybeDraft(text);
    if (draft === undefined) {
      // The app can also be asked to save something else over a text that is no codebook.
      writeDraft(text, { templates: [], categories: [{ name: "A", phrases: [{ text: "x" }] }] });
      return;
    }
    assert.equal(writeDraft(text, draft), text);
    const edited = editRandomly(draft, chanceOf(1 + (bytes.length % 1000)));
    const read = maybeDraft(writeDraft(text, edited));
    if (read === undefined) return;
    const hasComments = codebookTextForm(text) !== "json";
    assert.deepEqual(said(read), said(normaliseDraft(edited, { hasComments })));
  },
};

function maybeDraft(text: string): CodebookDraft | undefined {
  try {
    return readDraft(text, "codebook.yaml");
  } catch (error) {
    if (!(error instanceof CodebookError)) throw error;
    return undefined;
  }
}

/** A draft without what is undefined and without sources, for comparing. */
function said(draft: CodebookDraft): unknown {
  return JSON.parse(JSON.stringify(draft, (key, value) => (key === "source" ? undefined : value)));
}
