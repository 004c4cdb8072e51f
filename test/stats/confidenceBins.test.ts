import { describe, expect, it } from "vitest";
import { confidenceBins } from "../../src/stats/confidenceBins.ts";

describe("confidenceBins", () => {
  it("of equal width has its upper edge in it, and 0 in the first", () => {
    expect(confidenceBins([0.4, 0, 0.51, 1, 0.3, 0.30000001], { bins: "equal-width", binCount: 10 })).toEqual(
      [[1], [4], [5, 0], [2], [3]],
    );
  });

  it("of equal mass has as many units in each, whatever their order", () => {
    const confidences = Array.from({ length: 40 }, (_, unit) => ((unit * 7) % 40) / 50);
    const bins = confidenceBins(confidences, { binCount: 10 });
    expect(bins.map((bin) => bin.length)).toEqual(new Array(10).fill(4));
    expect(bins.flat().map((unit) => confidences[unit])).toEqual([...confidences].sort((a, b) => a - b));
  });

  it("keeps units of equal confidence together", () => {
    expect(confidenceBins([0.9, 0.9, 0.9, 0.9, 0.2], { binCount: 2 })).toEqual([[4, 0, 1, 2, 3]]);
    expect(confidenceBins([1, 1, 1], { binCount: 5 })).toEqual([[0, 1, 2]]);
  });

  it("are 10 from 200 units on, and 5 below", () => {
    const confidences = Array.from({ length: 200 }, (_, unit) => unit / 200);
    expect(confidenceBins(confidences)).toHaveLength(10);
    expect(confidenceBins(confidences.slice(1))).toHaveLength(5);
    expect(confidenceBins([])).toEqual([]);
  });

  it("refuses what is no confidence, and no bins", () => {
    for (const confidence of [-0.1, 1.1, Number.NaN])
      expect(() => confidenceBins([confidence])).toThrow(RangeError);
    expect(() => confidenceBins([0.5], { binCount: 0 })).toThrow(RangeError);
  });
});
