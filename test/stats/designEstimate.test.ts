import { describe, expect, it } from "vitest";
import { designEstimate } from "../../src/stats/designEstimate.ts";
import type { GoldSample } from "../../src/stats/goldSample.ts";
import { postStratifiedShares } from "../../src/stats/postStratifiedShares.ts";

/** A sample stratified by the predicted category: `counts[predicted][true]`. */
function stratifiedSample(sizes: readonly number[], counts: readonly (readonly number[])[]): GoldSample {
  const units = counts.flatMap((row, predicted) =>
    row.flatMap((count, gold) => Array.from({ length: count }, () => ({ gold, predicted }))),
  );
  return {
    design: {
      kind: "stratified",
      strata: sizes.map((size, stratum) => ({
        size,
        drawn: units.filter(({ predicted }) => predicted === stratum).length,
      })),
      stratumOf: units.map(({ predicted }) => predicted),
      isFinite: true,
    },
    gold: units.map(({ gold }) => gold),
    predicted: units.map(({ predicted }) => predicted),
    categoryCount: sizes.length,
  };
}

describe("an estimate under a design", () => {
  it("weights the strata", () => {
    const sample = stratifiedSample(
      [900, 100],
      [
        [9, 1],
        [5, 5],
      ],
    );
    const accuracy = designEstimate(sample, { kind: "accuracy" });
    expect(accuracy?.estimate).toBeCloseTo(0.86, 14);
    // Cochran: .9^2 (1 - 1/90) .09 / 9 + .1^2 (1 - 1/10) .25 / 9.
    const variance = 0.81 * (1 - 10 / 900) * (0.09 / 9) + 0.01 * 0.9 * (0.25 / 9);
    expect(accuracy?.standardError).toBeCloseTo(Math.sqrt(variance), 12);
    expect(accuracy?.method).toBe("beta");
    expect(accuracy?.degreesOfFreedom).toBe(18);
  });
  it("has a standard error of 0 without errors, and an interval all the same", () => {
    const perfect = stratifiedSample(
      [500, 500],
      [
        [50, 0],
        [0, 50],
      ],
    );
    const accuracy = designEstimate(perfect, { kind: "accuracy" });
    expect(accuracy?.standardError).toBe(0);
    expect(accuracy?.interval?.high).toBe(1);
    expect(accuracy?.interval?.low).toBeLessThan(0.99);
    expect(designEstimate(perfect, { kind: "recall", category: 0 })?.interval).toBeUndefined();
  });
  it("is exact where the collection was judged whole", () => {
    const whole = stratifiedSample(
      [3, 2],
      [
        [2, 1],
        [1, 1],
      ],
    );
    expect(designEstimate(whole, { kind: "accuracy" })).toMatchObject({
      estimate: 0.6,
      standardError: 0,
      interval: { low: 0.6, high: 0.6 },
    });
  });
  it("tells no standard error from one unit of a stratum, and an interval of a share all the same", () => {
    const thin = stratifiedSample(
      [50, 50],
      [
        [10, 0],
        [1, 0],
      ],
    );
    const accuracy = designEstimate(thin, { kind: "accuracy" });
    expect(accuracy?.standardError).toBeUndefined();
    expect(accuracy?.interval?.low).toBeLessThan(0.5);
    expect(designEstimate(thin, { kind: "macroF1" })?.interval).toBeUndefined();
  });
  it("is not defined where the metric is not", () => {
    const absent = stratifiedSample(
      [50, 50],
      [
        [10, 0],
        [10, 0],
      ],
    );
    expect(designEstimate(absent, { kind: "recall", category: 1 })).toBeUndefined();
    expect(designEstimate(absent, { kind: "precision", category: 1 })?.estimate).toBe(0);
  });
  it("estimates under unequal probabilities with Hajek's weights", () => {
    const sample: GoldSample = {
      design: { kind: "poisson", probabilities: [0.5, 0.25, 0.2, 0.1], size: 20, isFinite: true },
      gold: [0, 1, 0, 1],
      predicted: [0, 0, 0, 1],
      categoryCount: 2,
    };
    const accuracy = designEstimate(sample, { kind: "accuracy" });
    // By hand, as the reference vector ht-hand: correct are units 0, 2 and 3.
    expect(accuracy?.estimate).toBeCloseTo(17 / 21, 14);
    expect(accuracy?.standardError).toBeCloseTo(0.16445772666184802, 12);
    expect(accuracy?.method).toBe("korn-graubard");
    expect(designEstimate(sample, { kind: "recall", category: 1 })?.method).toBe("logit");
    expect(designEstimate(sample, { kind: "kappa" })?.method).toBe("t");
  });
  it("knows the predicted shares of the population", () => {
    const sample = stratifiedSample(
      [900, 100],
      [
        [9, 1],
        [5, 5],
      ],
    );
    const share = designEstimate(sample, { kind: "predictedShare", category: 1 });
    expect(share?.estimate).toBeCloseTo(0.1, 14);
    expect(share?.interval?.low).toBeCloseTo(0.1, 12);
  });
  it("corrects all shares, which add up to 1", () => {
    const sample = stratifiedSample(
      [900, 100],
      [
        [9, 1],
        [5, 5],
      ],
    );
    const shares = postStratifiedShares(sample)?.shares ?? [];
    expect(shares[0]?.estimate).toBeCloseTo(0.86, 14);
    expect(shares[1]?.estimate).toBeCloseTo(0.14, 14);
    expect(postStratifiedShares({ ...sample, gold: [], predicted: [] })).toBeUndefined();
  });
});
