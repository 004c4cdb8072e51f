import { expect, it } from "vitest";
import {
  postStratifiedVariance,
  postStratifiedWeights,
  uncoveredGroups,
} from "../../src/stats/postStratification.ts";
import { type SamplingDesign, varianceOfTotal } from "../../src/stats/samplingDesign.ts";

const design: SamplingDesign = {
  kind: "stratified",
  strata: [
    { size: 20, drawn: 2 },
    { size: 30, drawn: 2 },
  ],
  stratumOf: [0, 0, 1, 1],
  isFinite: true,
};

it("changes nothing where the strata are the groups", () => {
  const postStrata = { groupOf: [0, 0, 1, 1], sizes: [20, 30] };
  expect(postStratifiedWeights(design, postStrata)).toEqual([10, 10, 15, 15]);
  const values = [1, 4, 2, 2.5];
  expect(postStratifiedVariance(design, postStrata, values)).toBeCloseTo(
    varianceOfTotal(design, values) ?? 0,
    10,
  );
});

it("scales the weights of groups that cross the strata to the groups' sizes", () => {
  const postStrata = { groupOf: [0, 1, 0, 1], sizes: [25, 25] };
  expect(postStratifiedWeights(design, postStrata)).toEqual([10, 10, 15, 15]);
  expect(postStratifiedWeights(design, { ...postStrata, sizes: [50, 5] })).toEqual([20, 2, 30, 3]);
});

it("has no variance where each group has one value", () => {
  expect(postStratifiedVariance(design, { groupOf: [0, 1, 0, 1], sizes: [30, 20] }, [1, 5, 1, 5])).toBe(0);
});

it("names the groups that it knows nothing of", () => {
  expect(uncoveredGroups({ groupOf: [0, 1, 0, 1], sizes: [25, 20, 5, 0] })).toEqual([2]);
  expect(() => postStratifiedWeights(design, { groupOf: [0, 1, 0, 1], sizes: [50, 0] })).toThrow(RangeError);
  expect(() => postStratifiedWeights(design, { groupOf: [0, 2, 0, 1], sizes: [50, 5] })).toThrow(RangeError);
});
