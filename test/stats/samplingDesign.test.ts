import { describe, expect, it } from "vitest";
import {
  degreesOfFreedomOf,
  designWeights,
  type SamplingDesign,
  uncoveredStrata,
  varianceOfTotal,
} from "../../src/stats/samplingDesign.ts";

const stratified = (strata: readonly (readonly [number, number])[], finite: boolean): SamplingDesign => ({
  kind: "stratified",
  strata: strata.map(([size, drawn]) => ({ size, drawn })),
  stratumOf: strata.flatMap(([, drawn], stratum) => Array.from({ length: drawn }, () => stratum)),
  isFinite: finite,
});

describe("a sampling design", () => {
  it("gives each unit the number of units that it stands for", () => {
    const design = stratified(
      [
        [100, 2],
        [30, 3],
      ],
      true,
    );
    expect(designWeights(design)).toEqual([50, 50, 10, 10, 10]);
    expect(degreesOfFreedomOf(design)).toBe(3);
    expect(designWeights({ kind: "poisson", probabilities: [0.5, 0.25], size: 9, isFinite: true })).toEqual([
      2, 4,
    ]);
  });
  it("has the variance that a hand computes, with and without the finite population correction", () => {
    // Stratum 1: N 100, n 2, values 0 and 1, s^2 = 1/2: 100^2 / 2 / 2 = 2500, times 0.98. Stratum 2: N 30, n 3, values 1 1 4, s^2 = 3:
    // 900, times 0.9.
    const strata = [
      [100, 2],
      [30, 3],
    ] as const;
    const values = [0, 1, 1, 1, 4];
    expect(varianceOfTotal(stratified(strata, false), values)).toBeCloseTo(3400, 10);
    expect(varianceOfTotal(stratified(strata, true), values)).toBeCloseTo(2450 + 810, 10);
  });
  it("has no variance from a stratum that was drawn whole, if it is about this collection", () => {
    const whole = stratified([[3, 3]], true);
    expect(varianceOfTotal(whole, [1, 2, 3])).toBe(0);
    expect(varianceOfTotal(stratified([[3, 3]], false), [1, 2, 3])).toBeCloseTo(3, 12);
    expect(varianceOfTotal(stratified([[1, 1]], true), [7])).toBe(0);
  });
  it("has no variance to tell from one unit of a stratum", () => {
    expect(varianceOfTotal(stratified([[5, 1]], true), [7])).toBeUndefined();
    expect(varianceOfTotal(stratified([[1, 1]], false), [7])).toBeUndefined();
    expect(
      varianceOfTotal({ kind: "poisson", probabilities: [0.5], size: 2, isFinite: false }, [1]),
    ).toBeUndefined();
  });
  it("says which strata nothing is known about", () => {
    const design = stratified(
      [
        [10, 2],
        [4, 0],
        [0, 0],
      ],
      true,
    );
    expect(uncoveredStrata(design)).toEqual([1]);
    expect(designWeights(design)).toEqual([5, 5]);
    expect(varianceOfTotal(design, [1, 1])).toBe(0);
  });
  it("has the with-replacement variance of a Poisson sample for the process behind it", () => {
    // Totals 2 and 4, mean 3: 2 / 1 * (1 + 1).
    const design: SamplingDesign = { kind: "poisson", probabilities: [0.5, 0.25], size: 6, isFinite: false };
    expect(varianceOfTotal(design, [1, 1])).toBe(4);
    expect(varianceOfTotal({ ...design, isFinite: true }, [1, 1])).toBe(0.5 * 4 + 0.75 * 16);
  });
  it("refuses a design that contradicts itself", () => {
    const wrong: SamplingDesign = {
      kind: "stratified",
      strata: [{ size: 5, drawn: 2 }],
      stratumOf: [0],
      isFinite: true,
    };
    expect(() => designWeights(wrong)).toThrow(RangeError);
    expect(() => designWeights({ ...wrong, stratumOf: [0, 1] })).toThrow(RangeError);
    expect(() => designWeights(stratified([[1, 2]], true))).toThrow(RangeError);
    expect(() => designWeights({ kind: "poisson", probabilities: [0], size: 1, isFinite: true })).toThrow(
      RangeError,
    );
    expect(() => varianceOfTotal(stratified([[5, 2]], true), [1])).toThrow(RangeError);
  });
});
