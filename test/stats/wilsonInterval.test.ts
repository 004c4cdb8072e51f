import { describe, expect, it } from "vitest";
import { wilsonInterval } from "../../src/stats/wilsonInterval.ts";

describe("wilsonInterval", () => {
  // Newcombe 1998, "Two-sided confidence intervals for the single proportion: comparison of seven methods", Statistics in
  // Medicine 17, table I, method 3.
  it.each([
    [81, 263, 0.2553, 0.3662],
    [15, 148, 0.0624, 0.1605],
    [0, 20, 0, 0.1611],
    [1, 29, 0.0061, 0.1718],
  ])("equals Newcombe 1998 for %i of %i", (successes, trials, low, high) => {
    const interval = wilsonInterval(successes, trials);
    expect(interval?.low).toBeCloseTo(low, 4);
    expect(interval?.high).toBeCloseTo(high, 4);
  });

  // proportion_confint(method="wilson") of statsmodels 0.15.0 (Python 3.11.7, scipy 1.17.1, numpy 2.4.6); 18 of 20 also stands among
  // the results of R's binom.confint.
  it.each([
    [18, 20, 0.6989663547715127, 0.9721335187862318],
    [0, 30, 0, 0.1135133931739688],
    [30, 30, 0.8864866068260311, 1],
    [0, 77, 0, 0.04751842528243411],
    [1, 1, 0.2065493143772374, 1],
    [0, 1, 0, 0.7934506856227627],
    [7, 9, 0.45258896910698887, 0.9367748928821533],
    [5000, 14200, 0.3442977593976322, 0.3600075855911513],
    [0.7866666666666667 * 171.8677740404164, 171.8677740404164, 0.7195035201536515, 0.8412952618947633],
  ])("equals statsmodels for %d of %d", (successes, trials, low, high) => {
    const interval = wilsonInterval(successes, trials);
    expect(interval?.low).toBeCloseTo(low, 12);
    expect(interval?.high).toBeCloseTo(high, 12);
  });

  it("ends at 0 and 1 themselves where none or all are right, whatever the number", () => {
    for (let trials = 1; trials < 3000; trials++) {
      expect(wilsonInterval(0, trials)?.low).toBe(0);
      expect(wilsonInterval(trials, trials)?.high).toBe(1);
    }
  });

  it("is not defined without trials, and refuses what cannot be", () => {
    expect(wilsonInterval(0, 0)).toBeUndefined();
    for (const [successes, trials] of [
      [2, 1],
      [-1, 3],
      [Number.NaN, 3],
      [1, Number.POSITIVE_INFINITY],
    ] as const)
      expect(() => wilsonInterval(successes, trials)).toThrow(RangeError);
  });

  it("equals scipy at other levels", () => {
    // scipy 1.17.1: binomtest(3, 17).proportion_ci(level, "wilson")
    const at90 = wilsonInterval(3, 17, { level: 0.9 });
    expect(at90?.low).toBeCloseTo(0.07281446654706444, 12);
    expect(at90?.high).toBeCloseTo(0.3689669780690258, 12);
    expect(wilsonInterval(3, 17, { level: 0.95 })).toEqual(wilsonInterval(3, 17));
    expect(() => wilsonInterval(3, 17, { level: 3.5 })).toThrow(RangeError);
  });
});
