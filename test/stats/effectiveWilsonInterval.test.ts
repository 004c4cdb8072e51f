import { expect, it } from "vitest";
import { effectiveWilsonInterval } from "../../src/stats/effectiveWilsonInterval.ts";

const accuracy = { share: 0.786666666667, standardError: 0.0312483800276, degreesOfFreedom: 166 };

it("equals the formula of svyciprop in R survey 4.5, method wilson", () => {
  const interval = effectiveWilsonInterval(accuracy);
  expect(interval?.low).toBeCloseTo(0.7189711662224068, 10);
  expect(interval?.high).toBeCloseTo(0.841646932848966, 10);
});

it("is not defined where the sample does not tell a variance", () => {
  expect(effectiveWilsonInterval({ ...accuracy, share: 1, standardError: 0 })).toBeUndefined();
  expect(effectiveWilsonInterval({ ...accuracy, degreesOfFreedom: 0 })).toBeUndefined();
  expect(effectiveWilsonInterval({ ...accuracy, standardError: 0 })).toEqual({
    low: accuracy.share,
    high: accuracy.share,
  });
  expect(() => effectiveWilsonInterval({ ...accuracy, share: 2 })).toThrow(RangeError);
});
