import { describe, expect, it } from "vitest";
import { mcnemarTest } from "../../src/stats/mcnemarTest.ts";

describe("mcnemarTest", () => {
  it("equals scipy 1.17.1, binomtest and chi2.sf", () => {
    const test = mcnemarTest(3, 12);
    expect(test?.exactP).toBeCloseTo(0.03515625, 14);
    expect(test?.chiSquare).toBe(5.4);
    expect(test?.p).toBeCloseTo(0.02013675155034633, 12);
    expect(test?.correctedP).toBeCloseTo(0.03886710381241731, 12);
    expect(mcnemarTest(700, 800)?.exactP).toBeCloseTo(0.010559255466711506, 12);
  });

  it("does not know first from second", () => {
    expect(mcnemarTest(12, 3)).toEqual(mcnemarTest(3, 12));
  });

  it("finds no difference where both have as many, and is not defined without any", () => {
    expect(mcnemarTest(4, 4)).toEqual({
      exactP: 1,
      chiSquare: 0,
      p: 1,
      correctedChiSquare: 0,
      correctedP: 1,
    });
    expect(mcnemarTest(0, 0)).toBeUndefined();
    expect(mcnemarTest(0, 5)?.exactP).toBeCloseTo(0.0625, 14);
  });

  it("refuses what is no count", () => {
    for (const count of [-1, 0.5, Number.NaN]) expect(() => mcnemarTest(count, 1)).toThrow(RangeError);
  });
});
