import { describe, expect, it } from "vitest";
import type { Codebook } from "../../../src/codebook/codebook.ts";
import { mostTemplateImages, promptStability } from "../../../src/pipeline/diagnostics/promptStability.ts";
import { readRunAnswers } from "../../../src/pipeline/drafts/readRunAnswers.ts";
import { freezeCodebook } from "../../../src/pipeline/samples/freezeCodebook.ts";
import { seededRandom } from "../../../src/seededRandom.ts";
import { draftStudy } from "../draftStudy.ts";
import { plainSample } from "../samples/plainSample.ts";
import { type KnownStudySpec, knownStudy } from "./knownStudy.ts";

const random = seededRandom(5);
const vector = () => Array.from({ length: 5 }, () => random() - 0.5);

function codebookOf(categories: Readonly<Record<string, readonly string[]>>, language?: string): Codebook {
  const listed = Object.entries(categories).map(([name, phrases]) => ({ name, phrases }));
  return { templates: [], categories: listed, ...(language !== undefined && { language }) };
}

const two = codebookOf({ A: ["a", "b"], B: ["c", "d"] });

const makeStudy = (spec: Partial<KnownStudySpec> = {}) =>
  knownStudy({ images: Array.from({ length: 40 }, vector), codebook: two, vectorOf: vector, ...spec });

describe("diagnoseRun at its edges", () => {
  it("says why nothing can be left out where every category has one phrase", async () => {
    const { diagnose } = await makeStudy({ codebook: codebookOf({ A: ["a"], B: ["b"] }) });
    const { phrases, similarities } = await diagnose();
    expect(phrases.map(({ without }) => without)).toEqual([
      { why: "the only phrase of its category" },
      { why: "the only phrase of its category" },
    ]);
    expect(similarities.medianWithin).toBeUndefined();
    // Nothing within a category to compare with.
    expect(phrases[0]?.nearestRival).toMatchObject({ phrase: 1, isConfusable: false });
  });

  it("finds neither rivals nor moves nor variation in a codebook of one category", async () => {
    const { diagnose } = await makeStudy({ codebook: codebookOf({ A: ["a", "b"] }) });
    const { phrases, scorings, similarities } = await diagnose();
    for (const { nearestRival, without } of phrases) {
      expect(nearestRival).toEqual({ why: "the codebook has one category" });
      expect(without).toMatchObject({ moved: 0, share: 0 });
    }
    expect(scorings.disagreements).toBe(0);
    expect(similarities.categories).toEqual([[1]]);
  });

  it("gives no shares for a run without a single image", async () => {
    const { diagnose } = await makeStudy({ images: [], failed: 3 });
    const { units, failedUnits, phrases, scorings, categories, weakPoints } = await diagnose();
    expect([units, failedUnits]).toEqual([0, 3]);
    expect(phrases[0]).toMatchObject({ wins: 0, share: undefined, without: { moved: 0, share: undefined } });
    expect(categories[0]).toMatchObject({ count: 0, share: undefined });
    expect(scorings.share).toBeUndefined();
    expect(weakPoints.map(({ kind }) => kind)).not.toContain("unused-phrase");
  });

  it("does not sum what does not add up", async () => {
    const { diagnose } = await makeStudy({ changes: { probabilityKind: "sigmoid", logitBias: -1 } });
    const { scorings } = await diagnose();
    expect(scorings.rules[1]).toEqual({
      why: "this model's probabilities do not add up, so that there is nothing to sum",
    });
    expect(scorings.pairs.map(({ first, second }) => `${first} ${second}`)).toEqual(["max mean"]);
  });

  it("says that there is no gold, and counts no look", async () => {
    const { study, run, diagnose } = await makeStudy();
    const why = "no pilot or reliability sample is coded; an unsealed test sample has to be named";
    expect((await diagnose()).gold).toEqual({ why });
    const test = plainSample(study, run, { name: "test" });
    expect((await diagnose()).gold).toEqual({ why });
    const pilot = plainSample(study, run, { name: "pilot", purpose: "pilot" });
    const found = await diagnose();
    expect(found.gold).toEqual({ why: 'no image of sample "pilot" has a true category yet' });
    expect(found.phrases[0]?.precision).toEqual(found.gold);
    expect(found.scorings.rules[0]).toMatchObject({ quality: found.gold, macroF1Change: found.gold });
    expect(found.scorings.pairs[0]?.test).toEqual(found.gold);
    expect([...study.samples.openings(pilot.id), ...study.samples.openings(test.id)]).toEqual([]);
    await expect(diagnose({ sample: "nothing" })).rejects.toThrow('there is no sample "nothing"');
  });

  it("takes an unsealed test sample only by its name, and notes every look", async () => {
    const { study, run, diagnose, code } = await makeStudy();
    const test = plainSample(study, run, { name: "test" });
    code(test, (position) => (position % 2 === 0 ? "A" : "B"));
    expect((await diagnose()).gold).toHaveProperty("why");
    expect((await diagnose({ sample: "test" })).gold).toMatchObject({ sample: "test", units: 20 });
    await diagnose({ sample: "test" });
    expect(study.samples.openings(test.id)).toMatchObject([
      { how: "check", runId: run.id, openedAt: "2026-06-01T08:00:00.000Z" },
      { how: "check" },
    ]);
  });

  it("never opens a sealed sample, frozen or not", async () => {
    const { study, run, diagnose, code } = await makeStudy();
    const sealed = plainSample(study, run, { name: "sealed", isSealed: true });
    code(sealed, () => "A");
    const refused = { why: expect.stringContaining('sample "sealed" is sealed') };
    expect((await diagnose({ sample: "sealed" })).gold).toEqual(refused);
    freezeCodebook(study, run, "2026-05-03T08:00:00.000Z");
    const found = await diagnose({ sample: "sealed" });
    expect(found.gold).toEqual(refused);
    expect(found.phrases.every(({ precision }) => "why" in precision)).toBe(true);
    expect(study.samples.openings(sealed.id)).toEqual([]);
  });

  it("leaves out a training round, and codes that the run does not have", async () => {
    const { study, run, runAgain, diagnose, code } = await makeStudy();
    plainSample(study, run, { name: "round", purpose: "training" });
    expect((await diagnose({ sample: "round" })).gold).toEqual({
      why: expect.stringContaining("training round"),
    });
    const pilot = plainSample(study, run, { name: "pilot", purpose: "pilot" });
    code(pilot, () => "A");
    const renamed = await runAgain({ codebook: codebookOf({ Other: ["a", "b"], B: ["c", "d"] }) });
    expect((await diagnose({ run: renamed })).gold).toEqual({
      why: expect.stringContaining('images of "A", a category that run 2 lacks'),
    });
  });

  it("has no interval where one unit stands for a stratum that has more", async () => {
    const { study, run, diagnose, code } = await makeStudy();
    const pilot = plainSample(study, run, { name: "pilot", purpose: "pilot", perCategory: 1 });
    code(pilot, () => "A");
    const [phrase] = (await diagnose()).phrases;
    expect(phrase?.without).toMatchObject({ macroF1: { interval: undefined } });
  });

  it("does not hold English templates against a codebook in another language", async () => {
    const { diagnose } = await makeStudy({ codebook: { ...two, language: "de" } });
    expect((await diagnose({ templates: true })).templates).toEqual({
      why: `the templates are English, and the codebook's language is "de"`,
    });
  });

  it("says that the model is not there, and diagnoses the rest", async () => {
    const { diagnose } = await makeStudy();
    const { templates, phrases } = await diagnose({ templates: true });
    expect(templates).toEqual({ why: expect.stringMatching(/tiny/) });
    expect(phrases[0]?.without).toMatchObject({ moved: expect.any(Number) });
  });

  it("counts tokens and embeds templates with the run's own model", async () => {
    const { study, run, runVectors, phraseEncoder, encoder } = await draftStudy();
    const { diagnoseRun } = await import("../../../src/pipeline/diagnostics/diagnoseRun.ts");
    const found = await diagnoseRun({
      study,
      run,
      runVectors,
      phraseEncoder,
      now: "2026-06-01T08:00:00.000Z",
    });
    expect(found.contextLength).toEqual({ tokens: encoder.contextLength });
    expect(found.phrases[0]?.tokens).toBe(encoder.countTokens("a photo of a landscape"));
    expect(found.templates).toMatchObject({ images: found.units, alpha: { alpha: expect.any(Number) } });
  });

  it("draws the images under templates by the seed where they are too many", async () => {
    const { study, run, phraseEncoder } = await draftStudy();
    const answers = await readRunAnswers(study, run.id);
    const of = new Set(answers.imageIds).size;
    const spec = { study, run, answers, phraseEncoder, encoder: undefined, mostImages: 4 };
    const first = await promptStability({ ...spec, seed: 3 });
    expect(first).toMatchObject({ images: 4, of, seed: 3 });
    expect(await promptStability({ ...spec, seed: 3 })).toEqual(first);
    expect(mostTemplateImages).toBe(20_000);
  });
});
