import { expect, it } from "vitest";
import { sisonGlazIntervals } from "../../src/stats/sisonGlazIntervals.ts";

it("has one width below and one above for all categories", () => {
  const counts = [20, 30, 50];
  const intervals = sisonGlazIntervals(counts) ?? [];
  const below = intervals.map(({ low }, index) => (counts[index] as number) / 100 - low);
  const above = intervals.map(({ high }, index) => high - (counts[index] as number) / 100);
  for (const value of below) expect(value).toBeCloseTo(below[0] as number, 12);
  for (const value of above) expect(value).toBeCloseTo(above[0] as number, 12);
  // About the normal intervals' width, 1.96 sqrt(.25 / 100) = .098, simultaneously.
  expect((below[0] as number) + (above[0] as number)).toBeGreaterThan(0.19);
  expect((below[0] as number) + (above[0] as number)).toBeLessThan(0.26);
});

it("takes a category without a unit, and stays between 0 and 1", () => {
  const intervals = sisonGlazIntervals([0, 1, 5]) ?? [];
  expect(intervals[0]?.low).toBe(0);
  expect(intervals[2]?.high).toBe(1);
  expect(sisonGlazIntervals([0, 0])).toBeUndefined();
  expect(sisonGlazIntervals([0, 5])).toBeUndefined();
  expect(() => sisonGlazIntervals([1.5, 2])).toThrow(RangeError);
  expect(() => sisonGlazIntervals([1, 2], { level: 1 })).toThrow(RangeError);
});
