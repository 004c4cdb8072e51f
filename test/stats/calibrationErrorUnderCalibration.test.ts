import { describe, expect, it } from "vitest";
import { seededRandom } from "../../src/seededRandom.ts";
import { calibrationErrorUnderCalibration } from "../../src/stats/calibrationErrorUnderCalibration.ts";

describe("calibrationErrorUnderCalibration", () => {
  it("in one bin is the mean distance of a binomial share from a half, 0.0881 for 20 units", () => {
    // scipy 1.17.1: sum of binom.pmf(k, 20, .5) abs(k / 20 - .5) = 0.08809852600097659; the standard error of 20,000 draws is 0.0005.
    const error = calibrationErrorUnderCalibration(new Array(20).fill(0.5), seededRandom(1), {
      draws: 20_000,
      binCount: 1,
    });
    expect(Math.abs((error?.mean as number) - 0.08809852600097659)).toBeLessThan(0.0015);
    // 1 - 2 P(X <= 5) = 0.959: 15 of 20 is the first that 95% reach.
    expect(error?.quantile95).toBeCloseTo(0.2, 12);
  });

  it("is above 0 although nothing is wrong: about 0.067 for 200 units in 10 bins, as another simulation has it", () => {
    // Of confidences spread between a quarter and 1, in bins of equal width.
    const random = seededRandom(5);
    const confidences = Array.from({ length: 200 }, () => 0.25 + 0.75 * random());
    const error = calibrationErrorUnderCalibration(confidences, random, { bins: "equal-width" });
    expect(error?.mean).toBeGreaterThan(0.05);
    expect(error?.mean).toBeLessThan(0.08);
  });

  it("is the same for the same seed, and not defined without units or weight", () => {
    const confidences = [0.3, 0.6, 0.9];
    const draw = (seed: number) =>
      calibrationErrorUnderCalibration(confidences, seededRandom(seed), { draws: 50 });
    expect(draw(3)).toEqual(draw(3));
    expect(draw(3)).not.toEqual(draw(4));
    expect(calibrationErrorUnderCalibration([], seededRandom(1))).toBeUndefined();
    expect(calibrationErrorUnderCalibration([0.4], seededRandom(1), { weights: [0] })).toBeUndefined();
    expect(() => calibrationErrorUnderCalibration([0.4], seededRandom(1), { draws: 0 })).toThrow(RangeError);
  });

  it("is 0 where every confidence is certain", () => {
    expect(calibrationErrorUnderCalibration([1, 1, 0], seededRandom(1))).toEqual({ mean: 0, quantile95: 0 });
  });
});
