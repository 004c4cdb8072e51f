import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import type { CodebookDraft } from "../../src/codebook/codebookDraft.ts";
import { readDraft } from "../../src/codebook/readDraft.ts";
import { writeDraft } from "../../src/codebook/writeDraft.ts";
import { type ClassifySpec, classifyUnits } from "../../src/pipeline/classifyUnits.ts";
import { openDrafts } from "../../src/pipeline/drafts/openDrafts.ts";
import { loadCodebook } from "../../src/pipeline/loadCodebook.ts";
import { openInputs } from "../../src/pipeline/openInputs.ts";
import { openPhraseEncoder } from "../../src/pipeline/phraseEncoder.ts";
import { openRunVectors } from "../../src/pipeline/runVectors.ts";
import { referenceFolder } from "../images/reference.ts";
import { loadTinyModel, tinyModelFolder } from "../tinyModels.ts";
import { newStudy } from "./classifyInTest.ts";

/** A codebook with enough in it to be edited. */
export const draftText = `title: Pictures
categories:
  # outdoors
  Landscape:
    - a photo of a landscape # wide
    - mountains under a sky
    - a street with houses
  People:
    description: Anybody.
    phrases:
      - a portrait of a woman
      - two people talking
  Print: [a poster with large letters, a page of a book]
  Other:
    residual: true
    phrases: [a plate of food, an abstract pattern]
`;

/** A study of the reference pictures with a run of the tiny model, and drafts of its codebook. */
export async function draftStudy(
  options: {
    readonly family?: "clip" | "siglip";
    readonly text?: string;
    readonly spec?: Partial<ClassifySpec>;
  } = {},
) {
  const { family = "clip", text = draftText } = options;
  const { folder, study } = newStudy();
  const encoder = await loadTinyModel(family);
  onTestFinished(() => encoder.close());
  const codebookPath = join(folder, "codebook.yaml");
  const settings = { modelFolder: tinyModelFolder(family) };
  /** Classifies the pictures with a codebook, as the command line does. */
  const classify = async (codebookText: string) => {
    writeFileSync(codebookPath, codebookText);
    const codebook = await loadCodebook(codebookPath);
    const inputs = await openInputs([join(referenceFolder, "images")]);
    const { run } = await classifyUnits({ study, encoder, codebook, inputs, settings, ...options.spec });
    await inputs.close();
    return { run, rows: [...study.runs.rows(run.id)] };
  };
  const { run, rows } = await classify(text);
  const phraseEncoder = openPhraseEncoder(study);
  onTestFinished(() => phraseEncoder.close());
  const runVectors = openRunVectors(study);
  const drafts = openDrafts({ study, phraseEncoder, runVectors });
  const base = readDraft(text, "codebook.yaml");
  return {
    folder,
    codebookPath,
    study,
    encoder,
    run,
    rows,
    classify,
    phraseEncoder,
    runVectors,
    drafts,
    base,
    report: (draft: CodebookDraft, signal?: AbortSignal) =>
      drafts.report({ run, baseText: text, draft, ...(signal && { signal }) }),
    textOf: (draft: CodebookDraft) => writeDraft(text, draft),
  };
}

/** The base draft with another list of categories. */
export function withCategories(
  base: CodebookDraft,
  edit: (categories: CodebookDraft["categories"]) => CodebookDraft["categories"],
): CodebookDraft {
  return { ...base, categories: edit(base.categories) };
}

/** Edits of every kind at once: a phrase changed, one moved, one deleted, a category renamed, one new, another order. */
export function editEverything(base: CodebookDraft): CodebookDraft {
  return withCategories(base, ([landscape, people, print, other]) => {
    if (!landscape || !people || !print || !other) throw new RangeError("four categories");
    const [wide, mountains, street] = landscape.phrases;
    const [poster] = print.phrases;
    if (!wide || !mountains || !street || !poster) throw new RangeError("their phrases");
    return [
      { ...people, name: "Humans", phrases: [...people.phrases, street] },
      { ...landscape, phrases: [wide, { ...mountains, text: "mountains and a lake" }] },
      { ...print, phrases: [poster] },
      { name: "Drawing", phrases: [{ text: "a line drawing on white paper" }, { text: "a cartoon" }] },
      other,
    ];
  });
}
