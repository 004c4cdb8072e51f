import { describe, expect, it } from "vitest";
import { predictionPoweredMean } from "../../../src/stats/predictionPowered/predictionPoweredMean.ts";

const rows = (labels: readonly number[]) => labels.map((label) => [0, 1, 2].map((k) => Number(k === label)));
const units = {
  gold: rows([0, 1, 2, 0, 1, 2, 0, 0, 1, 2]),
  predicted: rows([0, 1, 2, 0, 2, 2, 0, 1, 1, 0]),
  uncoded: rows([0, 1, 2, 0, 0, 1, 2, 2, 1, 0, 0, 0, 1, 2, 0, 1, 0, 2, 0, 1]),
};

describe("predictionPoweredMean", () => {
  it("equals numpy for three categories with one lambda, and adds up to 1", () => {
    // numpy 2.4.6
    const { means, lambda } = predictionPoweredMean(units);
    expect(lambda).toBeCloseTo(0.35631399317406154, 12);
    [0.4178157, 0.3, 0.2821843].forEach((x, k) => {
      expect(means[k]?.estimate).toBeCloseTo(x, 7);
    });
    [0.13653339, 0.13099741, 0.13045111].forEach((x, k) => {
      expect(means[k]?.standardError).toBeCloseTo(x, 7);
    });
    expect(means.reduce((sum, { estimate }) => sum + estimate, 0)).toBeCloseTo(1, 12);
  });

  it("clips lambda to 0 for predictions that go against the codes, and is then their plain mean", () => {
    const against = predictionPoweredMean({ ...units, predicted: rows([1, 2, 0, 1, 2, 0, 1, 2, 0, 1]) });
    expect(against.rawLambda).toBeLessThan(0);
    expect(against.lambda).toBe(0);
    expect(against.means[0]?.estimate).toBeCloseTo(0.4, 12);
    const given = predictionPoweredMean(units, { lambda: 3 });
    expect(given.lambda).toBe(1);
  });

  it("has no standard error for one coded unit, or where nothing varies", () => {
    const one = predictionPoweredMean({ ...units, gold: rows([1]), predicted: rows([1]) });
    expect(one.means[0]?.standardError).toBeUndefined();
    const same = predictionPoweredMean({ gold: [[1], [1]], predicted: [[1], [1]], uncoded: [[1]] });
    expect(same.means[0]).toEqual({ estimate: 1, standardError: undefined, interval: undefined });
    expect(same.rawLambda).toBeUndefined();
  });

  it("refuses no uncoded units, and weights that are not positive", () => {
    expect(() => predictionPoweredMean({ ...units, uncoded: [] })).toThrow(RangeError);
    expect(() => predictionPoweredMean({ ...units, weights: units.gold.map(() => 0) })).toThrow(RangeError);
  });
});
