import { describe, expect, it } from "vitest";
import { weightedF1, weightedPrecision } from "../../src/stats/weightedF1.ts";

describe("weightedF1", () => {
  const cells = [
    [3, 0, 1],
    [1, 0, 0],
    [0, 0, 0],
  ];

  it("weights by the gold standard, in which a category without gold does not count", () => {
    // 4/5 of 6/8, 1/5 of 0.
    expect(weightedF1(cells)).toBeCloseTo(0.6, 14);
  });

  it("of precision is not defined where a category of the gold standard was never predicted", () => {
    expect(weightedPrecision(cells)).toBeUndefined();
    expect(
      weightedPrecision([
        [3, 1],
        [1, 0],
      ]),
    ).toBeCloseTo(0.6, 14);
  });

  it("is not defined for an empty matrix", () => {
    expect(weightedF1([[0]])).toBeUndefined();
    expect(weightedPrecision([])).toBeUndefined();
  });
});
