import { writeFileSync } from "node:fs";
import { DatabaseSync } from "node:sqlite";
import { describe, expect, it } from "vitest";
import { classifyAgain } from "../../src/pipeline/classifyAgain.ts";
import { loadCodebook } from "../../src/pipeline/loadCodebook.ts";
import { openPhraseEncoder } from "../../src/pipeline/phraseEncoder.ts";
import { draftStudy, draftText, editEverything } from "./draftStudy.ts";

describe("classifyAgain", () => {
  it.each([
    { family: "clip", scoring: "max" },
    { family: "clip", scoring: "sum" },
    { family: "siglip", scoring: "mean" },
  ] as const)("stores the same bits as clipbook classify: $family, $scoring", async ({ family, scoring }) => {
    const prepared = await draftStudy({ family, spec: { scoring } });
    const { study, run, phraseEncoder, codebookPath, textOf, base, classify } = prepared;
    writeFileSync(codebookPath, textOf({ ...editEverything(base), templates: ["a {}", "two {}"] }));
    const codebook = await loadCodebook(codebookPath);
    const again = await classifyAgain({ study, phraseEncoder, run, codebook });
    const classified = await classify(codebook.text);
    expect(again.id).not.toBe(classified.run.id);
    expect([...study.runs.rows(again.id)]).toEqual(classified.rows);
    const { id, startedAt, completedAt, settings, ...recorded } = again;
    expect(classified.run).toMatchObject(recorded);
    expect(settings).toEqual({ ...run.settings, againOf: run.id });
    expect(Date.parse(completedAt ?? "")).toBeGreaterThanOrEqual(Date.parse(startedAt));
    expect(again.codebook.categories[0]?.name).toBe("Humans");
    expect(study.runs.counts(again.id)).toEqual(study.runs.counts(run.id));
    expect(study.runs.counts(again.id).failed).toBeGreaterThan(0);
  });

  it("needs no model where all phrases are known, and says so where one is not", async () => {
    const { study, run, codebookPath, textOf, base } = await draftStudy();
    const phraseEncoder = openPhraseEncoder(study, { model: "/nowhere/at/all" });
    writeFileSync(codebookPath, textOf({ ...base, categories: base.categories.toReversed() }));
    const again = await classifyAgain({
      study,
      phraseEncoder,
      run,
      codebook: await loadCodebook(codebookPath),
    });
    expect(again.codebook.categories.map(({ name }) => name)).toEqual([
      "Other",
      "Print",
      "People",
      "Landscape",
    ]);
    writeFileSync(codebookPath, textOf(editEverything(base)));
    const codebook = await loadCodebook(codebookPath);
    await expect(classifyAgain({ study, phraseEncoder, run, codebook })).rejects.toThrow("/nowhere/at/all");
    expect(study.runs.list()).toHaveLength(2);
  });

  it("refuses a phrase that is too long, as the first run did", async () => {
    const { study, run, phraseEncoder, codebookPath } = await draftStudy();
    writeFileSync(codebookPath, `${draftText}  Long: [${"word ".repeat(80)}]\n`);
    const codebook = await loadCodebook(codebookPath);
    await expect(classifyAgain({ study, phraseEncoder, run, codebook })).rejects.toThrow(
      "tokens, the model reads 77",
    );
    const settings = { ...run.settings, truncate: true };
    const again = await classifyAgain({ study, phraseEncoder, run: { ...run, settings }, codebook });
    expect(again.truncatedPhrases).toBe(1);
  });

  it("waits for no other run, and leaves no half one", async () => {
    const { study, run, phraseEncoder, codebookPath } = await draftStudy();
    const codebook = await loadCodebook(codebookPath);
    const lock = study.lock();
    await expect(classifyAgain({ study, phraseEncoder, run, codebook })).rejects.toThrow(
      "is classifying in this study",
    );
    lock.release();
    const controller = new AbortController();
    controller.abort(new Error("stopped"));
    const { signal } = controller;
    await expect(classifyAgain({ study, phraseEncoder, run, codebook, signal })).rejects.toThrow("stopped");
    expect(study.runs.list()).toHaveLength(1);
    await classifyAgain({ study, phraseEncoder, run, codebook });
    const database = new DatabaseSync(study.databasePath, { readOnly: true });
    expect(database.prepare("SELECT count(*) AS n FROM run").get()).toEqual({ n: 2 });
    database.close();
  });
});
