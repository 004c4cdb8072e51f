import { describe, expect, it } from "vitest";
import { sampleSizeProportion } from "../../src/stats/sampleSizeProportion.ts";
import {
  neymanAllocation,
  proportionalAllocation,
  sampleSizeStratified,
} from "../../src/stats/sampleSizeStratified.ts";
import { sampleSizeWilson } from "../../src/stats/sampleSizeWilson.ts";

describe("sample sizes", () => {
  it("need less of a small population", () => {
    // Closed form, as statsmodels 0.15.0 without the correction.
    expect(sampleSizeProportion({ share: 0.5, halfWidth: 0.05 })).toBeCloseTo(384.14588206941266, 9);
    expect(sampleSizeProportion({ share: 0.5, halfWidth: 0.05, populationSize: 1000 })).toBeCloseTo(
      277.7334531731876,
      9,
    );
    expect(() => sampleSizeProportion({ share: 2, halfWidth: 0.1 })).toThrow(RangeError);
  });
  it("are the smallest whose Wilson interval is narrow enough", () => {
    // statsmodels 0.15.0, by search.
    expect(sampleSizeWilson({ share: 0.9, halfWidth: 0.05 })).toBe(141);
    expect(sampleSizeWilson({ share: 0.95, halfWidth: 0.03 })).toBe(215);
    expect(sampleSizeWilson({ share: 0.5, halfWidth: 0.9 })).toBe(1);
    expect(() => sampleSizeWilson({ share: 0.5, halfWidth: 0 })).toThrow(RangeError);
  });
  it("of strata are Olofsson's example's", () => {
    const strata = { weights: [0.02, 0.015, 0.32, 0.645], shares: [0.7, 0.6, 0.9, 0.95] };
    expect(Math.ceil(sampleSizeStratified(strata, 0.01))).toBe(641);
    expect(neymanAllocation(strata, 641)[3]).toBeCloseTo(356.0350904460227, 8);
    expect(proportionalAllocation(strata, 641)[0]).toBeCloseTo(12.82, 10);
    expect(() => sampleSizeStratified(strata, 0)).toThrow(RangeError);
    expect(() => neymanAllocation({ weights: [1], shares: [1] }, 10)).toThrow(RangeError);
  });
});
