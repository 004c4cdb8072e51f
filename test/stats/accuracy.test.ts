import { describe, expect, it } from "vitest";
import { accuracy } from "../../src/stats/accuracy.ts";

describe("accuracy", () => {
  it("is the weight on the diagonal", () => {
    expect(
      accuracy([
        [2.5, 1],
        [0.5, 1],
      ]),
    ).toBe(0.7);
    expect(accuracy([[3]])).toBe(1);
  });

  it("is not defined for an empty matrix", () => {
    expect(accuracy([[0]])).toBeUndefined();
    expect(accuracy([])).toBeUndefined();
  });
});
