import { describe, expect, it } from "vitest";
import { coveragePrecisionCurve } from "../../src/stats/coveragePrecisionCurve.ts";

describe("coveragePrecisionCurve", () => {
  const curveOf = (...parameters: Parameters<typeof coveragePrecisionCurve>) =>
    coveragePrecisionCurve(...parameters).map(({ threshold, coverage, precision }) => [
      threshold,
      coverage,
      precision.share,
      precision.count,
    ]);

  it("has a point for every distinct score, from few kept to all", () => {
    expect(curveOf([0.5, 0.9, 0.9, 0.2], [true, true, false, false])).toEqual([
      [0.9, 0.5, 0.5, 2],
      [0.5, 0.75, 2 / 3, 3],
      [0.2, 1, 0.5, 4],
    ]);
  });

  it("weights units", () => {
    expect(curveOf([0.9, 0.5], [true, false], { weights: [1, 3] })).toEqual([
      [0.9, 0.25, 1, 1],
      [0.5, 1, 0.25, 2],
    ]);
  });

  it("takes the weights of a design, and units of a domain only", () => {
    const design = {
      kind: "stratified",
      strata: [
        { size: 10, drawn: 2 },
        { size: 30, drawn: 1 },
      ],
      stratumOf: [0, 1, 0],
      isFinite: true,
    } as const;
    expect(curveOf([0.9, 0.5, 0.95], [true, false, true], { design }, [true, true, false])).toEqual([
      [0.9, 5 / 35, 1, 1],
      [0.5, 1, 5 / 35, 2],
    ]);
  });

  it("ends at accuracy, and is empty without units", () => {
    expect(curveOf([], [])).toEqual([]);
    expect(curveOf([0.5, 0.7], [true, true], { weights: [0, 1] })).toEqual([[0.7, 1, 1, 1]]);
    expect(() => coveragePrecisionCurve([Number.NaN], [true])).toThrow(RangeError);
    expect(() => coveragePrecisionCurve([0.5], [])).toThrow(RangeError);
  });
});
