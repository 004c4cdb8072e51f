import { describe, expect, it } from "vitest";
import { balancedAccuracy } from "../../src/stats/balancedAccuracy.ts";

describe("balancedAccuracy", () => {
  it("leaves categories without gold out, also those that were predicted", () => {
    expect(
      balancedAccuracy([
        [1, 1, 2],
        [0, 3, 0],
        [0, 0, 0],
      ]),
    ).toEqual({ value: 0.625, defined: 2, of: 3 });
  });

  it("is one over the number of categories where all are predicted as one", () => {
    expect(
      balancedAccuracy([
        [90, 0],
        [10, 0],
      ]).value,
    ).toBe(0.5);
  });
});
