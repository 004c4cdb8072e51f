import { describe, expect, it } from "vitest";
import { calibrationOf } from "../../../src/pipeline/evaluation/calibrationOf.ts";
import { qualityOf } from "../../../src/pipeline/evaluation/qualityOf.ts";
import { sharesOf } from "../../../src/pipeline/evaluation/sharesOf.ts";
import { seededRandom } from "../../../src/seededRandom.ts";
import type { GoldSample } from "../../../src/stats/goldSample.ts";

const repeated = (count: number, value: number) => Array.from({ length: count }, () => value);
const quality = (gold: GoldSample, probabilities: readonly (readonly number[])[]) =>
  qualityOf({ gold, probabilities, categories: ["a", "b", "c"], seed: 1 });

// A simple random sample of 100 of 1000, 80 predicted to be a, of which there are 600, and 20 to be b, of which there are 400.
const simple: GoldSample = {
  design: {
    kind: "stratified",
    strata: [{ size: 1000, drawn: 100 }],
    stratumOf: repeated(100, 0),
    isFinite: true,
  },
  gold: [...repeated(80, 0), ...repeated(8, 1), ...repeated(12, 0)],
  predicted: [...repeated(80, 0), ...repeated(20, 1)],
  categoryCount: 3,
  predictedSizes: [600, 400, 0],
};

describe("the quality of predictions", () => {
  it("weights top-k as accuracy and shares: by the predicted categories' sizes", () => {
    // The truth is among the two best exactly where the prediction is right.
    const probabilities = simple.gold.map((truth, i) =>
      [0, 1, 2].map((k) => (k === simple.predicted[i] ? 0.6 : k === truth ? 0.1 : 0.3)),
    );
    const { accuracy, topK } = quality(simple, probabilities);
    // 600 and 8 of 20 of 400.
    expect(accuracy.value).toBeCloseTo(0.76, 12);
    expect(topK[0]?.estimate).toEqual(accuracy);
    expect(sharesOf(simple, [600, 400, 0])[0]?.corrected.value).toBeCloseTo(0.84, 12);
  });

  it("has no certain interval where no error was seen", () => {
    const perfect = { ...simple, gold: simple.predicted };
    const { kappa, macroF1, balancedAccuracy, perCategory } = quality(
      perfect,
      perfect.gold.map(() => [0.5, 0.3, 0.2]),
    );
    for (const { value, interval, why } of [
      kappa,
      macroF1,
      balancedAccuracy,
      perCategory[1]?.recall ?? kappa,
    ]) {
      expect(value).toBe(1);
      expect(interval?.high).toBe(1);
      expect(interval?.low).toBeLessThan(0.99);
      expect(interval?.low).toBeGreaterThan(0.7);
      expect(why).toBeUndefined();
    }
  });

  it("names how each interval was made", () => {
    const { accuracy, kappa, macroF1, perCategory } = quality(
      simple,
      simple.gold.map(() => [0.5, 0.3, 0.2]),
    );
    expect(accuracy.method).toBe("stratified beta posterior, Jeffreys' prior");
    expect(perCategory[0]?.precision.method).toBe(accuracy.method);
    expect(perCategory[0]?.recall.method).toBe("stratified Dirichlet posterior, Jeffreys' prior");
    expect(macroF1.method).toContain("hull of the linearised interval");
    expect(kappa.method).toContain("hull of the linearised interval");
  });
});

describe("calibration", () => {
  const random = seededRandom(1);
  // Two categories of four phrases each: the best phrase has a quarter of its category's probability and a little more.
  const first = Array.from({ length: 400 }, () => 0.5 + 0.5 * random());
  const gold = first.map((probability) => (random() < probability ? 0 : 1));
  const input = {
    probabilities: first.map((probability) => probability / 4 + 0.02),
    categoryProbabilities: first.map((probability) => [probability, 1 - probability]),
    areSums: true,
    gold,
    predicted: repeated(400, 0),
    design: {
      kind: "stratified",
      strata: [{ size: 4000, drawn: 400 }],
      stratumOf: repeated(400, 0),
      isFinite: true,
    },
    seed: 1,
  } as const;

  it("judges one probability throughout: the category's, which is calibrated though the best phrase's is not", () => {
    const found = calibrationOf(input);
    expect(found.expectedCalibrationError).toBeLessThan(0.06);
    expect(found.quantity).toBe("the predicted category’s probability, its phrases’ added up");
    expect(found.curve).toHaveLength(10);
    expect(found.temperature).toBeGreaterThan(0.8);
    expect(found.temperature).toBeLessThan(1.3);
    const brier = first.reduce((sum, p, i) => sum + 2 * (gold[i] === 0 ? 1 - p : p) ** 2, 0) / first.length;
    expect(found.brier).toBeCloseTo(brier, 12);
    expect(calibrationOf({ ...input, areSums: false }).quantity).toBe("the predicted category’s probability");
  });

  it("judges the table's where categories have none that add up", () => {
    const found = calibrationOf({ ...input, categoryProbabilities: undefined });
    expect(found.expectedCalibrationError).toBeGreaterThan(0.4);
    expect(found.notEstimable).toHaveLength(1);
  });

  it("says why there is no curve of a few images, and no temperature where all are right", () => {
    const few = calibrationOf({
      ...input,
      probabilities: repeated(3, 0.5),
      categoryProbabilities: [
        [0.9, 0.1],
        [0.8, 0.2],
        [0.7, 0.3],
      ],
      gold: [0, 0, 0],
      predicted: [0, 0, 0],
      design: { ...input.design, strata: [{ size: 4000, drawn: 3 }], stratumOf: [0, 0, 0] },
    });
    expect(few).toMatchObject({ curve: undefined, why: "3 coded images are too few, it takes 50" });
    expect(few.notEstimable.map(({ what }) => what)).toEqual(["Temperature"]);
  });
});
