import { describe, expect, it } from "vitest";
import { median } from "../../bench/median.ts";

describe("median", () => {
  it("is the middle value, in whatever order they come", () => {
    const values = Object.freeze([10, 9, 100]);
    expect(median(values)).toBe(10);
  });

  it("is the mean of the two middle values of an even number (NIST Handbook, 1.3.5.1)", () => {
    expect(median([4, 1, 3, 2])).toBe(2.5);
  });

  it("is not defined for no values", () => {
    expect(() => median([])).toThrow(RangeError);
  });
});
