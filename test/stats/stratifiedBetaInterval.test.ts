import { describe, expect, it } from "vitest";
import { stratifiedBetaInterval } from "../../src/stats/stratifiedBetaInterval.ts";

describe("the interval of a stratified share", () => {
  it("is Jeffreys' for one stratum of a process", () => {
    // scipy 1.17.1: beta.ppf([.025, .975], 7.5, 2.5)
    const interval = stratifiedBetaInterval([{ size: 9, judged: 9, successes: 7 }], { isFinite: false });
    expect(interval?.low).toBeCloseTo(0.4561755668806525, 10);
    expect(interval?.high).toBeCloseTo(0.9506980770234059, 10);
  });
  // The same formulas written a second time in numpy 2.4.6 with scipy 1.17.1: the first stratum is a group of its own.
  it("joins strata that are mostly of the category with the others", () => {
    const strata = [
      { size: 100, judged: 20, successes: 18 },
      { size: 300, judged: 30, successes: 3 },
      { size: 600, judged: 40, successes: 1 },
    ];
    const process = stratifiedBetaInterval(strata, { isFinite: false });
    expect(process?.low).toBeCloseTo(0.1003976880378162, 10);
    expect(process?.high).toBeCloseTo(0.1962954633395392, 10);
    const collection = stratifiedBetaInterval(strata, { isFinite: true });
    expect(collection?.low).toBeCloseTo(0.1026494394247115, 10);
    expect(collection?.high).toBeCloseTo(0.1938647594000291, 10);
  });
  it("has no width where everything was judged, about this collection only", () => {
    const whole = [
      { size: 4, judged: 4, successes: 1 },
      { size: 6, judged: 6, successes: 6 },
    ];
    expect(stratifiedBetaInterval(whole, { isFinite: true })).toEqual({ low: 0.7, high: 0.7 });
    const process = stratifiedBetaInterval(whole, { isFinite: false });
    expect(process?.low).toBeLessThan(0.6);
    expect(process?.high).toBeGreaterThan(0.75);
  });
  it("never contradicts what was judged", () => {
    const interval = stratifiedBetaInterval([{ size: 100, judged: 90, successes: 45 }], { isFinite: true });
    expect(interval?.low).toBeGreaterThanOrEqual(0.45);
    expect(interval?.high).toBeLessThanOrEqual(0.55);
    // One unseen unit is right or wrong.
    expect(stratifiedBetaInterval([{ size: 3, judged: 2, successes: 1 }], { isFinite: true })).toEqual({
      low: 1 / 3,
      high: 2 / 3,
    });
  });
  it("is not certain where no error was seen, and holds the estimate", () => {
    const none = stratifiedBetaInterval([{ size: 1000, judged: 50, successes: 0 }], { isFinite: true });
    expect(none?.low).toBe(0);
    expect(none?.high).toBeGreaterThan(0.02);
    const all = stratifiedBetaInterval([{ size: 1000, judged: 1, successes: 1 }], { isFinite: true });
    expect(all?.high).toBe(1);
    expect(all?.low).toBeLessThan(0.6);
  });
  it("leaves out strata without a judgement", () => {
    const judged = { size: 10, judged: 5, successes: 2 };
    const options = { isFinite: true };
    expect(stratifiedBetaInterval([judged, { size: 50, judged: 0, successes: 0 }], options)).toEqual(
      stratifiedBetaInterval([judged], options),
    );
    expect(stratifiedBetaInterval([], options)).toBeUndefined();
    expect(() => stratifiedBetaInterval([{ size: 1, judged: 2, successes: 0 }], options)).toThrow(RangeError);
  });
});
