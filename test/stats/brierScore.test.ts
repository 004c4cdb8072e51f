import { describe, expect, it } from "vitest";
import { brierScore, halfBrierScore } from "../../src/stats/brierScore.ts";

describe("brierScore", () => {
  it("goes from 0 for certain and right to 2 for certain and wrong; its half to 1", () => {
    expect(brierScore([[1, 0]], [0])).toBe(0);
    expect(brierScore([[1, 0]], [1])).toBe(2);
    expect(halfBrierScore([[1, 0]], [1])).toBe(1);
  });

  it("weights units", () => {
    const rows = [
      [1, 0],
      [1, 0],
    ];
    expect(brierScore(rows, [0, 1], { weights: [3, 1] })).toBe(0.5);
    expect(brierScore(rows, [0, 1], { weights: [0, 0] })).toBeUndefined();
    expect(halfBrierScore([], [])).toBeUndefined();
  });

  it("refuses what cannot be", () => {
    expect(() => brierScore([[1, 0]], [2])).toThrow(RangeError);
    expect(() => brierScore([[1, 0]], [])).toThrow(RangeError);
    expect(() => brierScore([[1.1, 0]], [0])).toThrow(RangeError);
    expect(() => brierScore([[Number.NaN, 0]], [0])).toThrow(RangeError);
  });
});
