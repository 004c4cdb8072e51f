import { expect, it } from "vitest";
import { hajekMean } from "../../src/stats/hajekMean.ts";
import { horvitzThompsonTotal } from "../../src/stats/horvitzThompsonTotal.ts";
import type { SamplingDesign } from "../../src/stats/samplingDesign.ts";

const poisson: SamplingDesign = {
  kind: "poisson",
  probabilities: [0.5, 0.25, 0.2, 0.1],
  size: 20,
  isFinite: true,
};

it("divides by the weights that were drawn, and the total does not", () => {
  // By hand: 2 + 5 + 10 of 2 + 4 + 5 + 10.
  expect(horvitzThompsonTotal(poisson, [1, 0, 1, 1]).estimate).toBe(17);
  expect(hajekMean(poisson, [1, 0, 1, 1])?.estimate).toBeCloseTo(17 / 21, 14);
});

it("does not vary where all values are the same, and the total does", () => {
  expect(hajekMean(poisson, [1, 1, 1, 1])?.standardError).toBeCloseTo(0, 14);
  expect(horvitzThompsonTotal(poisson, [1, 1, 1, 1]).standardError).toBeGreaterThan(10);
});

it("has no standard error from one unit of a stratum, and no mean of nothing", () => {
  const one: SamplingDesign = {
    kind: "stratified",
    strata: [{ size: 9, drawn: 1 }],
    stratumOf: [0],
    isFinite: true,
  };
  expect(hajekMean(one, [3])).toEqual({ estimate: 3, standardError: undefined });
  expect(hajekMean({ ...one, strata: [{ size: 9, drawn: 0 }], stratumOf: [] }, [])).toBeUndefined();
});
