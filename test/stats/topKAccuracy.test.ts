import { describe, expect, it } from "vitest";
import { topKAccuracy } from "../../src/stats/topKAccuracy.ts";

describe("topKAccuracy", () => {
  it("at equal scores takes the category that stands first, or last where asked to", () => {
    const scores = [
      [0.5, 0.5, 0],
      [0.5, 0.5, 0],
    ];
    expect(topKAccuracy(scores, [0, 0], 1)).toBe(1);
    expect(topKAccuracy(scores, [1, 1], 1)).toBe(0);
    expect(topKAccuracy(scores, [1, 1], 1, { ties: "last" })).toBe(1);
    expect(topKAccuracy(scores, [1, 2], 2)).toBe(0.5);
  });

  it("weights units, and is 1 for all categories", () => {
    const scores = [
      [0.9, 0.1],
      [0.8, 0.2],
    ];
    expect(topKAccuracy(scores, [0, 1], 1, { weights: [3, 1] })).toBe(0.75);
    expect(topKAccuracy(scores, [0, 1], 2)).toBe(1);
    expect(topKAccuracy(scores, [0, 1], 1, { weights: [0, 0] })).toBeUndefined();
    expect(topKAccuracy([], [], 1)).toBeUndefined();
  });

  it("refuses what cannot be", () => {
    expect(() => topKAccuracy([[1, 0]], [2], 1)).toThrow(RangeError);
    expect(() => topKAccuracy([[1, 0]], [0, 1], 1)).toThrow(RangeError);
    expect(() => topKAccuracy([[1, 0]], [0], 0)).toThrow(RangeError);
    expect(() => topKAccuracy([[1, Number.NaN]], [0], 1)).toThrow(RangeError);
  });
});
