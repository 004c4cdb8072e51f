import { expect, it } from "vitest";
import { agrestiCoullInterval } from "../../src/stats/agrestiCoullInterval.ts";

it("equals statsmodels 0.15.0, and is cut at 0 and 1", () => {
  const none = agrestiCoullInterval(0, 30);
  expect(none?.low).toBe(0);
  expect(none?.high).toBeCloseTo(0.1347116961396264, 12);
  const all = agrestiCoullInterval(30, 30);
  expect(all?.low).toBeCloseTo(0.8652883038603735, 12);
  expect(all?.high).toBe(1);
});

it("is not defined without trials, and refuses more successes than trials", () => {
  expect(agrestiCoullInterval(0, 0)).toBeUndefined();
  expect(() => agrestiCoullInterval(2, 1)).toThrow(RangeError);
});
