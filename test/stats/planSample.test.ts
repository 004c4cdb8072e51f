import { describe, expect, it } from "vitest";
import { allocateSample } from "../../src/stats/allocateSample.ts";
import { planSample, suggestSampleSize } from "../../src/stats/planSample.ts";
import { wilsonInterval } from "../../src/stats/wilsonInterval.ts";

const populations = [2750, 1250, 750, 250];
const planned = (total: number) => {
  const drawn = allocateSample(populations, total);
  return populations.map((size, category) => ({ category, size, drawn: drawn[category] as number }));
};

describe("the plan of a sample", () => {
  it("has Wilson's width for the precision of one category", () => {
    // "Precision of one class within .10 at .8: 62 per class", without the finite population correction.
    const strata = [
      { category: 0, size: 9000, drawn: 62 },
      { category: 1, size: 9000, drawn: 62 },
    ];
    const { categories, accuracy } = planSample(strata, 2, { isFinite: false });
    const { low, high } = wilsonInterval(0.8 * 62, 62) ?? { low: 0, high: 0 };
    expect(categories[0]?.precision?.expected).toBeCloseTo(0.8, 14);
    expect(categories[0]?.precision?.halfWidth).toBeCloseTo((high - low) / 2, 12);
    expect(categories[0]?.precision?.halfWidth).toBeCloseTo(0.1, 2);
    expect(accuracy?.expected).toBeCloseTo(0.8, 14);
  });
  it("has the standard errors of Olofsson's example for the accuracy", () => {
    // sum W p = .9475 with n = 641 by Neyman's rule: SE .01, half-width .0196 (normal), nearly so by Wilson.
    const shares = [0.02, 0.015, 0.32, 0.645];
    const drawn = [23.212714358698715, 18.61157660299255, 243.14061859228607, 356.0350904460227];
    const strata = shares.map((share, category) => ({
      category,
      size: share * 1e9,
      drawn: drawn[category] as number,
    }));
    const { accuracy } = planSample(strata, 4, { precision: [0.7, 0.6, 0.9, 0.95] });
    expect(accuracy?.expected).toBeCloseTo(0.02 * 0.7 + 0.015 * 0.6 + 0.32 * 0.9 + 0.645 * 0.95, 12);
    expect(Math.abs((accuracy?.halfWidth ?? 0) - 0.0196)).toBeLessThan(0.0003);
  });
  it("narrows as the sample grows, to nothing when all is drawn", () => {
    const widths = [200, 400, 800, 5000].map((total) => planSample(planned(total), 4));
    for (let index = 1; index < widths.length; index += 1) {
      const [wide, narrow] = [widths[index - 1], widths[index]];
      expect(narrow?.accuracy?.halfWidth).toBeLessThan(wide?.accuracy?.halfWidth ?? 0);
      expect(narrow?.macroF1?.halfWidth).toBeLessThan(wide?.macroF1?.halfWidth ?? 0);
      for (const [category, plan] of (narrow?.categories ?? []).entries())
        expect(plan.recall?.halfWidth).toBeLessThan(wide?.categories[category]?.recall?.halfWidth ?? 0);
    }
    expect(widths.at(-1)?.accuracy?.halfWidth).toBeCloseTo(0, 7);
  });
  it("tells nothing that an empty category would have to tell", () => {
    const strata = planned(400).map((stratum) =>
      stratum.category === 3 ? { ...stratum, drawn: 0 } : stratum,
    );
    const plan = planSample(strata, 4);
    expect(plan.accuracy).toBeUndefined();
    expect(plan.categories[3]?.precision).toBeUndefined();
    expect(plan.categories[0]?.precision?.halfWidth).toBeGreaterThan(0);
  });
  it("takes a category that nothing was predicted to be", () => {
    const plan = planSample([{ category: 0, size: 100, drawn: 50 }], 2);
    expect(plan.categories[1]?.precision).toBeUndefined();
    expect(plan.categories[0]?.precision?.expected).toBe(1);
    expect(() => planSample([{ category: 2, size: 100, drawn: 50 }], 2)).toThrow(RangeError);
    expect(() => planSample([{ category: 0, size: 100, drawn: 150 }], 2)).toThrow(RangeError);
  });
  it("spreads errors evenly when asked, which leaves a small category less recall", () => {
    const even = planSample(planned(400), 4, { errorSpread: "even" });
    const proportional = planSample(planned(400), 4);
    expect(even.categories[3]?.recall?.expected).toBeLessThan(
      proportional.categories[3]?.recall?.expected ?? 0,
    );
  });
});

describe("the suggested size", () => {
  it("is the smallest that is enough", () => {
    const total = suggestSampleSize(populations);
    expect(planSample(planned(total), 4).accuracy?.halfWidth).toBeLessThanOrEqual(0.04);
    expect(planSample(planned(total - 1), 4).accuracy?.halfWidth).toBeGreaterThan(0.04);
    expect(total).toBeGreaterThan(300);
    expect(total).toBeLessThan(500);
  });
  it("has at least the floors, and at most all", () => {
    expect(suggestSampleSize(populations, { halfWidth: 0.2 })).toBe(200);
    expect(suggestSampleSize([30, 20])).toBe(50);
    expect(suggestSampleSize([])).toBe(0);
  });
});
