import { describe, expect, it } from "vitest";
import { reliabilityCurve } from "../../src/stats/reliabilityCurve.ts";
import { wilsonInterval } from "../../src/stats/wilsonInterval.ts";

describe("reliabilityCurve", () => {
  it("has each bin's mean confidence, share and Wilson interval", () => {
    const curve = reliabilityCurve([0.2, 0.4, 0.7, 0.9], [false, true, true, true], { binCount: 2 });
    expect(curve).toHaveLength(2);
    expect(curve[0]).toMatchObject({ shareRight: 0.5, count: 2, weight: 2, interval: wilsonInterval(1, 2) });
    expect(curve[0]?.meanConfidence).toBeCloseTo(0.3, 14);
    expect(curve[1]).toMatchObject({ shareRight: 1, interval: wilsonInterval(2, 2) });
  });

  it("weights, at the effective size", () => {
    const [bin] = reliabilityCurve([0.5, 0.9], [false, true], { binCount: 1, weights: [1, 3] });
    expect(bin?.meanConfidence).toBeCloseTo(0.8, 14);
    expect(bin?.shareRight).toBe(0.75);
    expect(bin?.interval).toEqual(wilsonInterval(0.75 * 1.6, 1.6));
  });

  it("leaves out bins without weight, and is empty without units", () => {
    expect(reliabilityCurve([0.1, 0.9], [true, true], { binCount: 2, weights: [0, 1] })).toHaveLength(1);
    expect(reliabilityCurve([], [])).toEqual([]);
    expect(() => reliabilityCurve([0.5], [])).toThrow(RangeError);
  });
});
