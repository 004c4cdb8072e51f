import { expect, it } from "vitest";
import { kishEffectiveSize } from "../../src/stats/kishEffectiveSize.ts";

it("is the number of units for equal weights, and less for unequal ones", () => {
  expect(kishEffectiveSize([3, 3, 3, 3])).toBe(4);
  expect(kishEffectiveSize([1, 3])).toBe(1.6);
  expect(kishEffectiveSize([])).toBeUndefined();
  expect(() => kishEffectiveSize([-1])).toThrow(RangeError);
});
