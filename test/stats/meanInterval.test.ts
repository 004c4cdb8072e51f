import { describe, expect, it } from "vitest";
import { meanInterval } from "../../src/stats/meanInterval.ts";

const parts = [
  { value: 0.9, interval: { low: 0.8, high: 0.95 } },
  { value: 0.8, interval: { low: 0.7, high: 0.88 } },
  { value: 1, interval: { low: 0.9, high: 1 } },
];

describe("the interval of a mean of correlated estimates", () => {
  it("joins the ends' distances as numpy does", () => {
    const covariance = [
      [0.002, 0.0005, 0],
      [0.0005, 0.003, 0],
      [0, 0, 0],
    ];
    // numpy 2.4.6: mean -+ sqrt(d R d) / 3 with R the correlations.
    const interval = meanInterval(parts, covariance);
    expect(interval?.low).toBeCloseTo(0.838461861053816, 12);
    expect(interval?.high).toBeCloseTo(0.9342101238457199, 12);
  });
  it("is narrower without correlations, and that of a single part is its own", () => {
    const without = meanInterval(parts, undefined);
    expect(without?.low).toBeCloseTo(0.9 - Math.sqrt(0.03) / 3, 12);
    const single = meanInterval(parts.slice(0, 1), undefined);
    expect(single?.low).toBeCloseTo(0.8, 12);
    expect(single?.high).toBeCloseTo(0.95, 12);
    expect(meanInterval([], undefined)).toBeUndefined();
  });
});
