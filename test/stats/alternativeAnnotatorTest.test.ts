import { describe, expect, it } from "vitest";
import { alternativeAnnotatorTest } from "../../src/stats/alternativeAnnotatorTest.ts";
import { benjaminiYekutieli } from "../../src/stats/benjaminiYekutieli.ts";

const coded = [
  [0, 0, 1],
  [1, 1, undefined],
  [2, 2, 2],
  [0, 1, 1],
  [1, 1, 1],
  [2, 0, 2],
  [0, 0, 0],
  [1, 2, 1],
  [undefined, 2, 2],
  [0, 0, 2],
];
const model = [0, 1, 2, 1, 1, 2, 0, 2, 2, 0];

describe("alternativeAnnotatorTest", () => {
  it("equals scipy's t-tests and Benjamini-Yekutieli with missing labels", () => {
    const test = alternativeAnnotatorTest(coded, model, { epsilon: 0.2, minimumUnits: 9 });
    // scipy 1.17.1: ttest_1samp(..., 0.2, alternative="less"); false_discovery_control(method="by") gives .0213 for each.
    const expected = [
      [9, 0.01159892065457313],
      [10, 0.007478181955207104],
      [9, 0.010374075546980917],
    ] as const;
    for (const [coder, [units, pValue]] of expected.entries()) {
      expect(test?.coders[coder]?.units).toBe(units);
      expect(test?.coders[coder]?.pValue).toBeCloseTo(pValue, 10);
      expect(test?.coders[coder]?.modelAdvantage).toBe(1);
    }
    expect(test).toMatchObject({ winningRate: 1, isPassed: true, advantageProbability: 1, q: 0.05 });
    const strict = alternativeAnnotatorTest(coded, model, { epsilon: 0.2, q: 0.02, minimumUnits: 9 });
    expect(strict).toMatchObject({ winningRate: 0, isPassed: false });
  });

  it("fails a model that is always wrong", () => {
    const wrong = model.map((label) => label + 3);
    const test = alternativeAnnotatorTest(coded, wrong, { epsilon: 0.2, minimumUnits: 9 });
    expect(test).toMatchObject({ winningRate: 0, isPassed: false });
  });

  it("does not test a coder with too few units, and then has no winning rate", () => {
    const test = alternativeAnnotatorTest(coded, model, { epsilon: 0.2, minimumUnits: 10 });
    expect(test?.coders.map(({ pValue }) => pValue === undefined)).toEqual([true, false, true]);
    expect(test?.winningRate).toBe(1);
    const none = alternativeAnnotatorTest(coded, model, { epsilon: 0.2 });
    expect(none).toMatchObject({
      winningRate: undefined,
      isPassed: undefined,
      advantageProbability: undefined,
    });
  });

  it("is undefined with one coder, and refuses another number of labels", () => {
    expect(alternativeAnnotatorTest([[0], [1]], [0, 1], { epsilon: 0.1 })).toBeUndefined();
    expect(() => alternativeAnnotatorTest(coded, [0], { epsilon: 0.1 })).toThrow(RangeError);
  });
});

describe("benjaminiYekutieli", () => {
  // scipy 1.17.1: false_discovery_control([...], method="by") = .0114, .0685, .0856, .0723, 1
  it.each([
    [0.05, [true, false, false, false, false]],
    [0.07, [true, true, false, false, false]],
    [0.08, [true, true, false, true, false]],
    [0.09, [true, true, true, true, false]],
  ])("equals scipy at %d", (q, expected) => {
    expect(benjaminiYekutieli([0.001, 0.012, 0.03, 0.019, 0.6], q)).toEqual(expected);
  });

  it("rejects by the largest that is small enough, also those below it that are not", () => {
    expect(benjaminiYekutieli([0.0201, 0.0202, 0.0203], 0.05)).toEqual([true, true, true]);
    expect(benjaminiYekutieli([], 0.05)).toEqual([]);
  });
});
