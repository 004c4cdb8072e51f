import { describe, expect, it } from "vitest";
import { expectedCalibrationError } from "../../src/stats/expectedCalibrationError.ts";

const units = Array.from({ length: 60 }, (_, unit) => unit);
const confidences = units.map((unit) => (((unit * 37) % 61) + 20) / 100);
const isRight = units.map((unit) => (unit * 13) % 10 < (confidences[unit] as number) * 10);

describe("expectedCalibrationError", () => {
  // numpy 2.4.6: bins by percentile and searchsorted, means by sums.
  it.each([
    [
      5,
      units.map((unit) => 1 + (unit % 4) * 0.5),
      0.11852380952380948,
      0.24261904761904773,
      0.14261494873536606,
    ],
    [10, undefined, 0.142, 0.3216666666666668, 0.17061490100353033],
  ])("equals numpy in %i bins", (binCount, weights, expected, maximum, rootMeanSquare) => {
    const error = expectedCalibrationError(confidences, isRight, { binCount, weights });
    expect(error?.expected).toBeCloseTo(expected, 12);
    expect(error?.maximum).toBeCloseTo(maximum, 12);
    expect(error?.rootMeanSquare).toBeCloseTo(rootMeanSquare, 12);
    expect(error?.binCount).toBe(binCount);
  });

  it("is the distance itself in one bin", () => {
    const error = expectedCalibrationError([0.9, 0.7], [true, false], { binCount: 1 });
    expect(error?.expected).toBeCloseTo(0.3, 14);
    expect(error?.rootMeanSquare).toBeCloseTo(0.3, 14);
  });

  it("is not defined without units or weight, and leaves bins without weight out", () => {
    expect(expectedCalibrationError([], [])).toBeUndefined();
    expect(expectedCalibrationError([0.5], [true], { weights: [0] })).toBeUndefined();
    const error = expectedCalibrationError([0.1, 0.9], [true, true], {
      bins: "equal-width",
      binCount: 2,
      weights: [0, 1],
    });
    expect(error?.maximum).toBeCloseTo(0.1, 14);
    expect(error?.binCount).toBe(1);
    expect(() => expectedCalibrationError([0.5], [])).toThrow(RangeError);
  });
});
