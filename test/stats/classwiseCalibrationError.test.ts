import { describe, expect, it } from "vitest";
import { classwiseCalibrationError } from "../../src/stats/classwiseCalibrationError.ts";

describe("classwiseCalibrationError", () => {
  it("is the mean of the categories' own errors", () => {
    // Category 0: mean 0.7, true in half; category 1: 0.2 and half; category 2: 0.1 and never.
    const rows = [
      [0.8, 0.1, 0.1],
      [0.6, 0.3, 0.1],
    ];
    expect(classwiseCalibrationError(rows, [0, 1], { binCount: 1 }).value).toBeCloseTo(
      (0.2 + 0.3 + 0.1) / 3,
      14,
    );
  });

  it("is not defined without units, and refuses rows of different lengths", () => {
    expect(classwiseCalibrationError([], []).value).toBeUndefined();
    expect(() => classwiseCalibrationError([[0.5, 0.5], [1]], [0, 0])).toThrow(RangeError);
  });
});
