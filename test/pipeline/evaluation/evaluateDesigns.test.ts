import { describe, expect, it } from "vitest";
import { classifierOfRun } from "../../../src/pipeline/classifierOfRun.ts";
import { baselinesOf } from "../../../src/pipeline/evaluation/baselinesOf.ts";
import { sampledEmbeddings } from "../../../src/pipeline/evaluation/imageScores.ts";
import { readFrameUnits } from "../../../src/pipeline/evaluation/readFrameUnits.ts";
import { freezeCodebook } from "../../../src/pipeline/samples/freezeCodebook.ts";
import { drawnStudy } from "./drawnStudy.ts";

// The same formulas written a second time in numpy 2.4.6, from the codes, the inclusion probabilities and the frame's sizes.
const byNumpy = [
  {
    name: "a simple random sample, post-stratified",
    design: { kind: "simple", size: 120 },
    isOther: false,
    accuracy: [0.7523313492063494, 0.03739944369197472],
    kappa: 0.6685877954472103,
    f1: [0.7574318421966134, 0.05500403815628666],
    recall: 0.711638675640998,
    shares: [0.18111111111111122, 0.2768035714285715, 0.27664285714285725, 0.2654424603174604],
    shareError: 0.02862566337448531,
    method: "stratified beta posterior",
  },
  {
    name: "a Poisson sample, post-stratified",
    design: { kind: "uncertainty", size: 120 },
    isOther: false,
    accuracy: [0.7479428161645271, 0.03668062300022184],
    kappa: 0.6632159469643267,
    f1: [0.7519079464842972, 0.055875481204438],
    recall: 0.709692059521428,
    shares: [0.2013272010616295, 0.2741135556592379, 0.26001092293710426, 0.26454832034202846],
    shareError: 0.029720266100170662,
    method: "Korn-Graubard",
  },
  {
    name: "another run on a stratified sample, by the strata that were drawn",
    design: { kind: "stratified", size: 120, floor: 20 },
    isOther: true,
    accuracy: [0.374423076923077, 0.042538420819155744],
    kappa: 0.16841302575609027,
    f1: [0.36183773875117203, 0.0764274384194443],
    recall: 0.3892603758188453,
    shares: [0.20948243114909784, 0.20948243114909784, 0.2986396011396012, 0.2823955365622033],
    shareError: 0.0260343749888093,
    method: "stratified beta posterior",
  },
] as const;

describe("an evaluation by other designs", () => {
  for (const known of byNumpy) {
    it(`has the estimates and errors that numpy computes: ${known.name}`, async () => {
      const { evaluate, second } = await drawnStudy(known.design);
      const { quality, shares, baselines, coverage } = await evaluate(known.isOther ? { run: second } : {});
      const { accuracy, kappa, perCategory } = quality;
      expect(accuracy.value).toBeCloseTo(known.accuracy[0], 12);
      expect(accuracy.standardError).toBeCloseTo(known.accuracy[1], 12);
      expect(accuracy.method).toContain(known.method);
      expect(kappa.value).toBeCloseTo(known.kappa, 12);
      expect(perCategory[1]?.f1.value).toBeCloseTo(known.f1[0], 12);
      expect(perCategory[1]?.f1.standardError).toBeCloseTo(known.f1[1], 12);
      expect(perCategory[1]?.recall.value).toBeCloseTo(known.recall, 12);
      for (const [category, { corrected }] of shares.entries()) {
        expect(corrected.value).toBeCloseTo(known.shares[category] as number, 12);
        expect(corrected.interval?.low).toBeLessThan(known.shares[category] as number);
        expect(corrected.interval?.high).toBeGreaterThan(known.shares[category] as number);
      }
      expect(shares[1]?.corrected.standardError).toBeCloseTo(known.shareError, 12);
      // Who guesses the largest category is right as often as that has images: one weighting for all figures.
      expect(baselines[0]?.accuracy).toBeCloseTo(Math.max(...known.shares), 12);
      expect(coverage).toEqual({ size: 600, coveredSize: 600, uncovered: [] });
      for (const { precision, recall, f1 } of perCategory)
        for (const { interval } of [precision, recall, f1]) expect(interval).toBeDefined();
    });
  }

  it("leaves out the key that the coders' orders hang on", async () => {
    const { evaluate, sample } = await drawnStudy({ kind: "simple", size: 20 });
    expect(sample.design.orderKey).toBeDefined();
    expect(JSON.stringify(await evaluate())).not.toContain(sample.design.orderKey);
  });

  it("tells of a predicted category of which a simple sample has no truth, and does not call its share 0", async () => {
    const { evaluate } = await drawnStudy({ kind: "simple", size: 80 }, (_, predicted) =>
      predicted === 2 ? "unsure" : predicted,
    );
    const { shares, warnings, notEstimable, coverage, quality } = await evaluate();
    const lost = Math.round((shares[2]?.raw as number) * 600);
    expect(coverage).toEqual({
      size: 600,
      coveredSize: 600 - lost,
      uncovered: [{ label: "Category 2", size: lost }],
    });
    expect(shares[2]?.corrected).toMatchObject({
      value: undefined,
      why: `none of the ${lost} images that were predicted to be it has a true category`,
    });
    expect(shares[0]?.corrected.why).toBe(`of ${600 - lost} of 600 images: nothing is known of the others`);
    expect(warnings.join(" ")).toContain(
      `Nothing is known of "Category 2" (${lost} images): none of their images has a true category. All figures are about the other ${600 - lost} images.`,
    );
    expect(notEstimable.map(({ what }) => what)).toContain(`All figures of ${lost} of 600 images`);
    expect(quality.accuracy.value).toBe(1);
    // No error was seen, and yet none of this is certain.
    expect(quality.accuracy.interval?.low).toBeLessThan(0.99);
    expect(quality.kappa.interval?.low).toBeLessThan(0.99);
    expect(quality.macroF1.interval?.low).toBeLessThan(0.99);
    expect(quality.perCategory[0]?.recall.interval?.low).toBeLessThan(0.99);
  });

  it("warns of a run that is not what was frozen", async () => {
    const { evaluate, study, run, second } = await drawnStudy({ kind: "simple", size: 60 });
    freezeCodebook(study, run, "2026-05-03T09:00:00.000Z");
    expect((await evaluate()).warnings.join(" ")).not.toContain("frozen");
    expect((await evaluate({ run: second })).warnings.join(" ")).toContain(
      `Run ${second.id} is not what was frozen`,
    );
    freezeCodebook(study, second, "2026-05-04T09:00:00.000Z");
    const warnings = (await evaluate({ run: second })).warnings.join(" ");
    expect(warnings).not.toContain("is not what was frozen");
    expect(warnings).toContain("The codebook was frozen 2 times");
  });

  it("warns of another run on a sample drawn by uncertainty, whose codings describe unsure images", async () => {
    const { evaluate, second } = await drawnStudy({ kind: "uncertainty", size: 60 });
    const own = await evaluate();
    expect(own.warnings.join(" ")).not.toContain("another run");
    expect(own.reliability.describes).toContain("the model is unsure of");
    expect((await evaluate({ run: second })).warnings.join(" ")).toContain("by another run's uncertainty");
  });

  it("of sigmoid probabilities names them, and says why there is no Brier score", async () => {
    const { evaluate } = await drawnStudy({ kind: "simple", size: 100 }, undefined, {
      probabilityKind: "sigmoid",
    });
    const { calibration, notEstimable } = await evaluate();
    expect(calibration).toMatchObject({ brier: undefined, logLoss: undefined, temperature: undefined });
    expect(calibration.quantity).toContain("sigmoid");
    expect(notEstimable).toContainEqual({
      what: "Brier score, log loss and temperature",
      why: "the model's probabilities are sigmoids and do not add up to 1 over the categories",
    });
  });
});

describe("a run's sizes of a frame", () => {
  it("count its own predictions of the images that could be drawn", async () => {
    const { study, sample, run, second } = await drawnStudy({ kind: "simple", size: 20 });
    const sizesOf = (own: typeof run) => {
      const sizes = [0, 0, 0, 0];
      for (const { prediction } of study.runs.rows(own.id))
        sizes[prediction?.category as number] = (sizes[prediction?.category as number] as number) + 1;
      return sizes;
    };
    expect(await readFrameUnits(study, sample, run)).toMatchObject({ sizes: sizesOf(run), unclassified: 0 });
    expect(await readFrameUnits(study, sample, second)).toMatchObject({
      sizes: sizesOf(second),
      unclassified: 0,
    });
    expect(sizesOf(run)).not.toEqual(sizesOf(second));
  });
});

describe("baselines", () => {
  it("weight the images as told", async () => {
    const { study, run } = await drawnStudy({ kind: "simple", size: 20 });
    const ids = [...study.runs.rows(run.id)].slice(0, 4).map(({ imageId }) => imageId as number);
    const images = sampledEmbeddings(study, run, ids);
    const [largest, scrambled] = await baselinesOf(run, classifierOfRun(study, run), {
      ...{ images, gold: [0, 0, 1, 3], weights: [1, 1, 5, 1], seed: 1 },
    });
    expect(largest).toMatchObject({ accuracy: 5 / 8, explanation: expect.stringContaining("Category 1") });
    // One of four categories has an F1 of 2 * 5 / (5 + 8), and two more have 0; nothing is of the last.
    expect(largest?.macroF1).toBeCloseTo(10 / 13 / 3, 12);
    expect(scrambled?.accuracy).toBeGreaterThan(0);
    expect(scrambled?.accuracy).toBeLessThan(1);
  });
});
