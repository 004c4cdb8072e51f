import { describe, expect, it } from "vitest";
import { logLoss } from "../../src/stats/logLoss.ts";

describe("logLoss", () => {
  it("counts a probability of 0 for the true category as the smallest step from 1", () => {
    expect(logLoss([[0, 1]], [0])).toBeCloseTo(52 * Math.LN2, 12);
  });

  it("is the logarithm of the number of categories for equal probabilities", () => {
    expect(logLoss([[0.25, 0.25, 0.25, 0.25]], [2])).toBeCloseTo(Math.log(4), 14);
  });

  it("is 0 for certain and right, weights units, and is not defined without any", () => {
    expect(logLoss([[1, 0]], [0])).toBeCloseTo(0, 14);
    const rows = [
      [0.5, 0.5],
      [1, 0],
    ];
    expect(logLoss(rows, [0, 0], { weights: [1, 3] })).toBeCloseTo(Math.LN2 / 4, 14);
    expect(logLoss([], [])).toBeUndefined();
  });
});
