import { describe, expect, it } from "vitest";
import { shareAxis } from "../../src/figures/shareAxis.ts";

describe("shareAxis", () => {
  it("ends at the first round mark that holds the largest share", () => {
    expect(shareAxis(0.292)).toEqual({ top: 0.3, ticks: [0, 0.1, 0.2, 0.3] });
    expect(shareAxis(0.034)).toEqual({ top: 0.04, ticks: [0, 0.01, 0.02, 0.03, 0.04] });
    expect(shareAxis(1)).toEqual({ top: 1, ticks: [0, 0.2, 0.4, 0.6, 0.8, 1] });
  });

  it("does not add a mark for a share that is a round one but for binary fractions", () => {
    expect(shareAxis(0.1 + 0.2).top).toBe(0.3);
  });

  it("has at most six marks and holds the share, whatever the share", () => {
    for (let percent = 0; percent <= 1000; percent++) {
      const { top, ticks } = shareAxis(percent / 1000);
      expect(ticks.length).toBeLessThanOrEqual(6);
      expect(ticks.length).toBeGreaterThanOrEqual(2);
      expect(top).toBeGreaterThanOrEqual(percent / 1000);
      expect(ticks.at(-1)).toBe(top);
    }
  });

  it("refuses what is not a share", () => {
    for (const share of [-0.1, 1.2, Number.NaN]) expect(() => shareAxis(share)).toThrow(RangeError);
  });
});
