import { describe, expect, it } from "vitest";
import { type EvaluationSpec, evaluateSample } from "../../../src/pipeline/evaluation/evaluateSample.ts";
import { freezeCodebook } from "../../../src/pipeline/samples/freezeCodebook.ts";
import { randomRun } from "../randomRun.ts";
import { type PlainSampleSpec, plainSample } from "../samples/plainSample.ts";
import { codeSample } from "./codedRun.ts";

const categories = 4;

/**
 * 600 images in four categories, 30 of each drawn; Anna and Ben are right mostly, Cem gives every ninth image another category.
 */
async function evaluatedStudy(spec: PlainSampleSpec = {}) {
  const { folder, study, run } = await randomRun({ units: 640, pictures: 600, categories, failed: 3 });
  const sample = plainSample(study, run, { perCategory: 30, ...spec });
  codeSample(study, run, sample, {
    Anna: (place, predicted) => (place % 5 === 0 ? (predicted + 1) % categories : predicted),
    Ben: (place, predicted) =>
      place % 29 === 7 ? "uncodable" : place % 4 === 0 ? (predicted + 1) % categories : predicted,
    Cem: (place, predicted) => (place % 9 === 0 ? (predicted + 2) % categories : predicted),
  });
  const evaluate = (more: Partial<EvaluationSpec> = {}) =>
    evaluateSample(study, {
      sample,
      run,
      target: "collection",
      by: [],
      how: "evaluate",
      madeAt: "2026-05-03T10:00:00.000Z",
      ...more,
    });
  return { folder, study, run, sample, evaluate };
}

describe("an evaluation", () => {
  it("warns of images that a sealed sample or a training round of the coders has, too", async () => {
    const { study, run, evaluate } = await evaluatedStudy({ name: "pilot", purpose: "pilot" });
    const warned = async () => (await evaluate()).warnings.filter((warning) => warning.includes("also in"));
    plainSample(study, run, { name: "open", perCategory: 3 });
    expect(await warned()).toEqual([]);
    plainSample(study, run, { name: "later", perCategory: 2, isSealed: true });
    const quiz = plainSample(study, run, { name: "quiz", purpose: "training", perCategory: 1 });
    codeSample(study, run, quiz, { anna: (_, predicted) => predicted });
    expect(await warned()).toEqual([
      '8 images are also in the sealed sample "later", whose results nobody has looked at yet: these figures tell some of them.',
      '4 images are also in the training round "quiz" of coders of this sample, who were told the right answers.',
    ]);
  });

  // The same formulas written a second time in numpy 2.4.6, from the codes and the strata's sizes.
  it("weights accuracy, precision, recall, F1 and shares by the design, with the errors that numpy computes", async () => {
    const { evaluate } = await evaluatedStudy();
    const { quality, shares, gold, warnings, reliability } = await evaluate();
    expect(gold).toMatchObject({ known: 114, missing: { disagreement: 6, uncoded: 0 } });
    expect(warnings.join(" ")).toContain("The coders have no majority on 6 images");
    expect(reliability.describes).toContain("rare categories are more frequent");
    expect(gold.strata.map(({ known }) => known)).toEqual([30, 27, 28, 29]);
    expect(quality.accuracy.value).toBeCloseTo(0.9514646658152403, 12);
    expect(quality.accuracy.standardError).toBeCloseTo(0.017367906365812636, 12);
    expect(quality.kappa.value).toBeCloseTo(0.9350887877443596, 12);
    const [first, second] = quality.perCategory;
    expect(first?.precision).toMatchObject({
      value: expect.closeTo(0.9, 12),
      standardError: expect.closeTo(0.04902471161542807, 12),
    });
    expect(first?.recall).toMatchObject({
      value: expect.closeTo(0.9199639572787747, 12),
      standardError: expect.closeTo(0.046130002998464405, 12),
    });
    expect(second?.f1.value).toBeCloseTo(0.937619641600079, 12);
    expect(quality.weighted[0]?.[3]).toBeCloseTo(0.017356, 6);
    expect(quality.counts.flat().reduce((sum, count) => sum + count, 0)).toBe(114);
    expect(shares.map(({ corrected }) => corrected.value)).toEqual(
      [0.2168563218390804, 0.2564876543209876, 0.2923456790123456, 0.2343103448275861].map((value) =>
        expect.closeTo(value, 12),
      ),
    );
    expect(shares[1]?.corrected.standardError).toBeCloseTo(0.013575589346048004, 12);
    expect(shares.map(({ raw }) => raw * 600)).toEqual([133, 146, 170, 151].map((n) => expect.closeTo(n, 9)));
    for (const { corrected } of shares) {
      expect(corrected.interval?.low).toBeLessThan(corrected.value as number);
      expect(corrected.interval?.high).toBeGreaterThan(corrected.value as number);
    }
  });

  it("refuses PPI++ for a stratified sample before it is looked at", async () => {
    const { study, sample, evaluate } = await evaluatedStudy();
    await expect(evaluate({ shares: "ppi" })).rejects.toThrow('sample "test" is stratified');
    expect(study.samples.openings(sample.id)).toEqual([]);
  });

  it("gives the coders' agreement, and the model's with each of them", async () => {
    const { evaluate } = await evaluatedStudy();
    const { reliability } = await evaluate();
    expect(reliability.alpha.value).toBeCloseTo(0.5664259091579102, 12);
    expect(reliability.coders.map(({ name, coded }) => [name, coded])).toEqual([
      ["Anna", 120],
      ["Ben", 120],
      ["Cem", 120],
    ]);
    const kappas = reliability.pairs.flatMap(({ isModel, kappa }) =>
      isModel ? [] : [kappa.value as number],
    );
    const light = reliability.coefficients.find(({ name }) => name === "Light's kappa");
    expect(light?.estimate.value).toBeCloseTo(kappas.reduce((sum, x) => sum + x, 0) / 3, 12);
    expect(reliability.ordinal).toBeUndefined();
    expect(reliability.pairs.map(({ a, b, isModel }) => [a, b, isModel])).toEqual([
      ["Anna", "Ben", false],
      ["Anna", "Cem", false],
      ["Ben", "Cem", false],
      ["Anna", "the model", true],
      ["Ben", "the model", true],
      ["Cem", "the model", true],
    ]);
    // Ben found some images uncodable: they are in no pair of his.
    expect(reliability.pairs[0]?.units).toBe(116);
  });

  it("has the name of an overview where the codebook has none, and gives other work its turn", async () => {
    const { run, evaluate } = await evaluatedStudy();
    const { title: _, ...codebook } = run.codebook;
    let turns = 0;
    let isDone = false;
    const count = () => {
      turns += 1;
      if (!isDone) setImmediate(count);
    };
    setImmediate(count);
    const { title } = await evaluate({ run: { ...run, codebook } });
    isDone = true;
    expect(title).toBe("CLIP classification");
    expect(turns).toBeGreaterThan(100);
  });

  it("is given up when nobody wants it any more, and nothing is counted", async () => {
    const { study, sample, evaluate } = await evaluatedStudy();
    const giving = new AbortController();
    const evaluated = evaluate({ signal: giving.signal });
    giving.abort(new Error("closed"));
    await expect(evaluated).rejects.toThrow("closed");
    expect(study.samples.openings(sample.id)).toEqual([]);
  });

  it("says the same again, to the last bit", async () => {
    const { evaluate } = await evaluatedStudy();
    const first = await evaluate();
    const second = await evaluate();
    expect({ ...second, sample: undefined, methods: undefined }).toEqual({
      ...first,
      sample: undefined,
      methods: undefined,
    });
    expect([first.sample.openings, second.sample.openings]).toEqual([1, 2]);
  });

  it("is wider for the process behind the collection than for the collection", async () => {
    const { evaluate } = await evaluatedStudy();
    const width = ({ low, high }: { low: number; high: number }) => high - low;
    const collection = (await evaluate()).quality.accuracy;
    const process = (await evaluate({ target: "process" })).quality.accuracy;
    expect(process.value).toBeCloseTo(collection.value as number, 12);
    expect(process.standardError).toBeGreaterThan(collection.standardError as number);
    expect(width(process.interval as never)).toBeGreaterThan(width(collection.interval as never));
  });

  it("puts what nobody knows beside every score", async () => {
    const { evaluate } = await evaluatedStudy();
    const { baselines, quality } = await evaluate();
    const [largest, scrambled] = baselines;
    // The largest true category's weight.
    expect(largest?.accuracy).toBeCloseTo(0.2923456790123456, 12);
    expect(scrambled?.accuracy).toBeGreaterThan(0.1);
    expect(scrambled?.accuracy).toBeLessThan(quality.accuracy.value as number);
  });

  it("takes another gold standard when told, and records which", async () => {
    const { evaluate } = await evaluatedStudy();
    const anna = await evaluate({ rule: { kind: "coder", coder: "Anna" } });
    expect(anna.gold).toMatchObject({ ruleText: "the codes of Anna", known: 120, by: { coder: 120 } });
    expect(anna.quality.accuracy.value).toBeLessThan(0.9);
    // Nothing is adjudicated: both rules say the same.
    const adjudicated = await evaluate({ rule: { kind: "adjudicated" } });
    expect(adjudicated.gold.known).toBe(114);
    expect(adjudicated.gold.ruleText).toBe(
      "the adjudication where there is one, else the majority of the coders (no image was adjudicated)",
    );
    expect(adjudicated.warnings.join(" ")).not.toContain("decided by majority");
    expect(adjudicated.notEstimable).toContainEqual({
      what: "The interval of Light's kappa",
      why: "no interval is computed for it",
    });
    await expect(evaluate({ rule: { kind: "coder", coder: "Dora" } })).rejects.toThrow("nobody called");
  });

  it("tells how many true categories come from one coder only", async () => {
    const { study, run } = await randomRun({ units: 300, pictures: 300, categories });
    const sample = plainSample(study, run, { perCategory: 20 });
    codeSample(study, run, sample, {
      Anna: (_, predicted) => predicted,
      // An uncodable image has an answer of Ben's, too.
      Ben: (place, predicted) => (place < 10 ? undefined : place === 10 ? "uncodable" : predicted),
    });
    const evaluate = (rule: EvaluationSpec["rule"]) =>
      evaluateSample(study, {
        ...{ sample, run, rule, target: "collection", by: [], how: "evaluate" },
        madeAt: "2026-05-03T10:00:00.000Z",
      });
    const { gold, warnings, methods } = await evaluate({ kind: "majority" });
    expect(gold).toMatchObject({ known: 79, by: { coder: 10, agreement: 69 }, missing: { disagreement: 1 } });
    expect(warnings).toContain("10 of 79 true categories come from one coder only.");
    expect(methods.paragraph).toContain("coders said; 10 of 79 come from one coder only.");
    const anna = await evaluate({ kind: "coder", coder: "Anna" });
    expect(anna.warnings.join(" ")).not.toContain("one coder only");
  });

  it("uses the adjudication where the coders have no majority", async () => {
    const { study, run, sample, evaluate } = await evaluatedStudy();
    codeSample(study, run, sample, { Judge: (_, predicted) => predicted }, "adjudicator");
    const { gold, reliability } = await evaluate({ rule: { kind: "majority" } });
    expect(gold).toMatchObject({ known: 120, by: { adjudication: 6 } });
    expect(reliability.coders.map(({ name }) => name)).not.toContain("Judge");
    // Without being told: adjudication goes before the majority.
    expect((await evaluate()).gold.rule).toEqual({ kind: "adjudicated" });
  });

  it("is not changed but for that image by a single adjudication", async () => {
    const { study, run, sample, evaluate } = await evaluatedStudy();
    const before = await evaluate();
    codeSample(
      study,
      run,
      sample,
      { Judge: (place, said) => (place === 7 ? said : undefined) },
      "adjudicator",
    );
    const after = await evaluate();
    expect(after.gold).toMatchObject({ known: before.gold.known, by: { adjudication: 1 } });
    expect(after.gold.ruleText).not.toContain("no image");
    expect(after.warnings).toContain(
      `${after.gold.by.majority} disagreements were decided by majority, not adjudicated.`,
    );
  });

  it("of a sealed sample is refused before the codebook is frozen, and nothing is counted", async () => {
    const { study, run, sample, evaluate } = await evaluatedStudy({ isSealed: true });
    await expect(evaluate()).rejects.toThrow("the codebook is not frozen");
    expect(study.samples.openings(sample.id)).toEqual([]);
    freezeCodebook(study, run, "2026-05-03T09:00:00.000Z");
    const { sample: told, warnings } = await evaluate();
    expect(told).toMatchObject({ isSealed: true, openings: 1, freezes: [{ runId: run.id }] });
    expect(warnings.join(" ")).not.toContain("not frozen");
  });

  it("of a sample that nobody coded is refused", async () => {
    const { study, run } = await randomRun({ units: 20, pictures: 20, categories });
    const sample = plainSample(study, run);
    const evaluated = evaluateSample(study, {
      ...{ sample, run, target: "collection", by: [], how: "evaluate" },
      madeAt: "",
    });
    await expect(evaluated).rejects.toThrow("is coded yet");
    expect(study.samples.openings(sample.id)).toEqual([]);
  });

  it("leaves a stratum out of which nothing was coded, and says how many images that are", async () => {
    const { study, run } = await randomRun({ units: 300, pictures: 300, categories });
    const sample = plainSample(study, run, { perCategory: 20 });
    codeSample(study, run, sample, { Anna: (_, predicted) => (predicted === 2 ? undefined : predicted) });
    const { warnings, quality, gold, notEstimable } = await evaluateSample(study, {
      ...{ sample, run, target: "collection", by: [], how: "evaluate" },
      madeAt: "2026-05-03T10:00:00.000Z",
    });
    const lost = gold.strata[2];
    expect(lost?.known).toBe(0);
    expect(warnings.join(" ")).toContain(`Nothing is known of "Category 2" (${lost?.size} images)`);
    expect(quality.perCategory[2]?.precision.value).toBeUndefined();
    expect(notEstimable.map(({ what }) => what)).toContain('Precision of "Category 2"');
    expect(warnings.join(" ")).toContain("There is one coder only");
  });
});
