import { expect, it } from "vitest";
import { goodmanIntervals } from "../../src/stats/goodmanIntervals.ts";
import { wilsonInterval } from "../../src/stats/wilsonInterval.ts";

it("is wider than Wilson's for each category, and Wilson's for a single one", () => {
  const [first] = goodmanIntervals([10, 20, 30]) ?? [];
  const alone = wilsonInterval(10, 60);
  expect(first?.low).toBeLessThan(alone?.low ?? 0);
  expect(first?.high).toBeGreaterThan(alone?.high ?? 1);
  expect(goodmanIntervals([7])?.[0]).toEqual(wilsonInterval(7, 7));
});

it("is not defined without units", () => {
  expect(goodmanIntervals([0, 0])).toBeUndefined();
  expect(() => goodmanIntervals([-1, 2])).toThrow(RangeError);
});
