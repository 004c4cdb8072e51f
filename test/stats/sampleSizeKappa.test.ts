import { describe, expect, it } from "vitest";
import { sampleSizeKappa } from "../../src/stats/sampleSizeKappa.ts";

describe("sampleSizeKappa", () => {
  // By the closed formula of Cantor 1996 in Python 3 with scipy 1.17.1.
  it.each([
    [{ firstRate: 0.3, secondRate: 0.3, kappa: 0.8, nullKappa: 0.6 }, 129],
    [{ firstRate: 0.2, secondRate: 0.25, kappa: 0.75, nullKappa: 0.6, power: 0.9, isTwoSided: false }, 299],
  ])("equals Cantor 1996", (options, size) => {
    expect(sampleSizeKappa(options)).toBe(size);
  });

  it("is undefined where the rates do not allow the kappa, or there is nothing to tell apart", () => {
    const rates = { firstRate: 0.1, secondRate: 0.9 };
    expect(sampleSizeKappa({ ...rates, kappa: 0.9, nullKappa: 0.5 })).toBeUndefined();
    expect(sampleSizeKappa({ firstRate: 0.3, secondRate: 0.3, kappa: 0.8, nullKappa: 0.8 })).toBeUndefined();
  });

  it("allows perfect agreement of coders with the same rate", () => {
    expect(sampleSizeKappa({ firstRate: 0.3, secondRate: 0.3, kappa: 1, nullKappa: 0.8 })).toBeGreaterThan(0);
  });
});
