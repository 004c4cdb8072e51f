import { expect, it } from "vitest";
import { clopperPearsonInterval } from "../../src/stats/clopperPearsonInterval.ts";

it("equals scipy's exact interval, at other levels and fractions too", () => {
  // scipy 1.17.1: binomtest(3, 17).proportion_ci(level, "exact"); beta.ppf for the fractions.
  const at99 = clopperPearsonInterval(3, 17, { level: 0.99 });
  expect(at99?.low).toBeCloseTo(0.020924344300438498, 12);
  expect(at99?.high).toBeCloseTo(0.5104037504950462, 12);
  const fraction = clopperPearsonInterval(2.5, 20.25);
  expect(fraction?.low).toBeCloseTo(0.021101041572187618, 12);
  expect(fraction?.high).toBeCloseTo(0.344866673990474, 12);
});

it("ends at 0 and 1 where nothing or everything has the property", () => {
  expect(clopperPearsonInterval(0, 5)?.low).toBe(0);
  expect(clopperPearsonInterval(5, 5)?.high).toBe(1);
  expect(clopperPearsonInterval(0, 0)).toBeUndefined();
  expect(() => clopperPearsonInterval(6, 5)).toThrow(RangeError);
});
