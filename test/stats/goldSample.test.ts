import { describe, expect, it } from "vitest";
import { designEstimate } from "../../src/stats/designEstimate.ts";
import {
  cellStrataOf,
  coverageOf,
  type GoldSample,
  samplePartsOf,
  sampleVariance,
  sampleWeights,
  weightedCells,
} from "../../src/stats/goldSample.ts";
import { postStratifiedShares } from "../../src/stats/postStratifiedShares.ts";

// Simple random, 6 of 60; 40 were predicted to be 0, 15 to be 1, and 5 to be 2, of which none was drawn.
const simple: GoldSample = {
  design: {
    kind: "stratified",
    strata: [{ size: 60, drawn: 6 }],
    stratumOf: [0, 0, 0, 0, 0, 0],
    isFinite: true,
  },
  gold: [0, 0, 0, 1, 1, 2],
  predicted: [0, 0, 0, 0, 1, 1],
  categoryCount: 3,
};
const post: GoldSample = { ...simple, predictedSizes: [40, 15, 5] };

describe("a coded sample", () => {
  it("has the design's weights, or those that add up to the predicted categories", () => {
    expect(sampleWeights(simple)).toEqual([10, 10, 10, 10, 10, 10]);
    expect(sampleWeights(post)).toEqual([10, 10, 10, 10, 7.5, 7.5]);
    expect(weightedCells(post)).toEqual([
      [30, 0, 0],
      [10, 7.5, 0],
      [0, 7.5, 0],
    ]);
  });
  it("says which predicted category it knows nothing of, and does not weight it 0", () => {
    expect(coverageOf(post)).toEqual({
      size: 60,
      coveredSize: 55,
      uncoveredStrata: [],
      uncoveredPredicted: [2],
    });
    const shares = postStratifiedShares(post);
    expect(shares?.uncoveredPredicted).toEqual([2]);
    expect(shares?.shares.map(({ estimate }) => estimate)).toEqual([30 / 55, 17.5 / 55, 7.5 / 55]);
  });
  it("leaves a stratum without a unit uncovered", () => {
    const stratified: GoldSample = {
      design: {
        kind: "stratified",
        strata: [
          { size: 10, drawn: 2 },
          { size: 30, drawn: 0 },
        ],
        stratumOf: [0, 0],
        isFinite: true,
      },
      gold: [0, 1],
      predicted: [0, 0],
      categoryCount: 2,
    };
    expect(coverageOf(stratified)).toMatchObject({ size: 40, coveredSize: 10, uncoveredStrata: [1] });
    expect(designEstimate(stratified, { kind: "accuracy" })?.estimate).toBe(0.5);
  });
  it("varies less after post-stratification where the predictions tell something", () => {
    const isZero = simple.gold.map((gold) => Number(gold === 0));
    const before = sampleVariance(
      simple,
      isZero.map((value) => value - 0.5),
    );
    // By hand: 60^2 / 6 * 0.9 * s^2 with s^2 = 0.3.
    expect(before).toBeCloseTo(162, 10);
    // Deviations 1/4 three times, -3/4 once, and 0: squares 3/4 over 5; the weights of the first group did not change.
    expect(sampleVariance(post, isZero)).toBeCloseTo(((60 ** 2 / 6) * 0.9 * 0.75) / 5, 10);
  });
  it("has its strata as parts, or the predicted categories", () => {
    expect(samplePartsOf(simple)).toEqual([{ size: 60, units: [0, 1, 2, 3, 4, 5], predicted: undefined }]);
    expect(samplePartsOf(post)?.map(({ size, predicted }) => [size, predicted])).toEqual([
      [40, 0],
      [15, 1],
    ]);
    expect(cellStrataOf(post)?.[0]?.cells).toEqual([
      { trueCategory: 0, predicted: 0, count: 3 },
      { trueCategory: 1, predicted: 0, count: 1 },
      { trueCategory: 2, predicted: 0, count: 0 },
    ]);
    expect(cellStrataOf(simple)?.[0]?.cells.length).toBe(9);
    const poisson = {
      ...simple,
      design: { kind: "poisson", probabilities: [0.1, 0.1, 0.1, 0.1, 0.1, 0.1], size: 60, isFinite: true },
    } as const;
    expect(samplePartsOf(poisson)).toBeUndefined();
    expect(cellStrataOf(poisson)[0]).toMatchObject({ size: 60, cells: { length: 9 } });
  });
  it("counts the units of a Poisson sample by Kish's effective number", () => {
    const design = {
      kind: "poisson",
      probabilities: [0.1, 0.1, 0.5, 0.2],
      size: 30,
      isFinite: true,
    } as const;
    const sample = { design, gold: [0, 0, 1, 1], predicted: [0, 0, 0, 1], categoryCount: 2 };
    const [first, second] = cellStrataOf({ ...sample, predictedSizes: [20, 10] });
    // Weights 10, 10, 2: 22^2 / 204 units, of which 20 / 22 are right.
    expect(first?.size).toBe(20);
    expect(first?.cells[0]?.count).toBeCloseTo((22 ** 2 / 204) * (20 / 22), 12);
    expect(first?.cells[1]?.count).toBeCloseTo((22 ** 2 / 204) * (2 / 22), 12);
    expect(second?.cells.map(({ count }) => count)).toEqual([0, 1]);
  });
  it("with several strata is not post-stratified: a half without a unit is not known, and no other half stands for it", () => {
    const split: GoldSample = {
      design: {
        kind: "stratified",
        strata: [
          { size: 300, drawn: 0 },
          { size: 300, drawn: 2 },
          { size: 400, drawn: 2 },
        ],
        stratumOf: [1, 1, 2, 2],
        isFinite: true,
      },
      gold: [0, 0, 1, 0],
      predicted: [0, 0, 1, 1],
      categoryCount: 2,
      predictedSizes: [600, 400],
    };
    expect(coverageOf(split)).toEqual({
      size: 1000,
      coveredSize: 700,
      uncoveredStrata: [0],
      uncoveredPredicted: [],
    });
    expect(designEstimate(split, { kind: "accuracy" })?.estimate).toBeCloseTo((300 + 200) / 700, 12);
  });
  it("refuses a category that there is not, and a predicted category without a size", () => {
    expect(() => weightedCells({ ...simple, gold: [0, 0, 0, 0, 0, 3] })).toThrow(RangeError);
    expect(() => sampleWeights({ ...post, predictedSizes: [60, 0, 0] })).toThrow(RangeError);
  });
});
