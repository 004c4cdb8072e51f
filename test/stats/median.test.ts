import { describe, expect, it } from "vitest";
import { median } from "../../src/stats/median.ts";

describe("the median", () => {
  // numpy 2.4.6: np.median
  it.each([
    [[7], 7],
    [[3, 1, 2], 2],
    [[10, 2, 4, 1], 3],
    [[-1, -5, 100, 0, 0.5], 0],
  ])("of %j is %d", (values, expected) => {
    expect(median(values)).toBe(expected);
  });

  it("is not there without values, and leaves them as they were", () => {
    expect(median([])).toBeUndefined();
    const values = Object.freeze([2, 1]);
    expect(median(values)).toBe(1.5);
  });
});
