import { describe, expect, it } from "vitest";
import { seededRandom } from "../../src/seededRandom.ts";
import { poissonProbabilities } from "../../src/validation/poissonProbabilities.ts";

const sumOf = (values: Float64Array) => values.reduce((sum, value) => sum + value, 0);

describe("probabilities of a Poisson design", () => {
  it("equals what scipy 1.17.1 solves: brentq over sum(clip(c * (1 - p), .25 * 4 / 8, 1)) - 4", () => {
    const p = [0.95, 0.9, 0.8, 0.6, 0.5, 0.4, 0.3, 0.99];
    const expected = [
      0.125, 0.152777777778, 0.305555555556, 0.611111111111, 0.763888888889, 0.916666666667, 1.0, 0.125,
    ];
    expect(Array.from(poissonProbabilities(Float64Array.from(p), 4, 0.25))).toEqual(
      expected.map((value) => expect.closeTo(value, 10)),
    );
  });

  it.each([1, 7.5, 40, 299])("adds up to %d of 300, none below the floor or above 1", (size) => {
    const random = seededRandom(Math.floor(size));
    const probabilities = Float64Array.from({ length: 300 }, () => random() ** 0.2);
    const inclusion = poissonProbabilities(probabilities, size, 0.25);
    expect(sumOf(inclusion)).toBeCloseTo(size, 8);
    expect(Math.min(...inclusion)).toBeGreaterThanOrEqual((0.25 * size) / 300);
    expect(Math.max(...inclusion)).toBeLessThanOrEqual(1);
  });

  it("gives the certain ones what the uncertain ones cannot take", () => {
    const inclusion = poissonProbabilities(Float64Array.of(1, 1, 1, 1, 0.4, 0.9), 4, 0.1);
    expect(Array.from(inclusion)).toEqual([0.5, 0.5, 0.5, 0.5, 1, 1]);
    expect(Array.from(poissonProbabilities(Float64Array.of(1, 1, 1, 1), 2, 0.25))).toEqual([
      0.5, 0.5, 0.5, 0.5,
    ]);
  });

  it("is the same for all where the least one is the mean", () => {
    expect(Array.from(poissonProbabilities(Float64Array.of(0.2, 0.9, 0.5, 0.6), 1, 1))).toEqual(
      [0.25, 0.25, 0.25, 0.25].map((value) => expect.closeTo(value, 12)),
    );
  });

  it("refuses no size and a least one that is not above 0", () => {
    expect(() => poissonProbabilities(Float64Array.of(0.5), 0, 0.25)).toThrow(RangeError);
    expect(() => poissonProbabilities(Float64Array.of(0.5), 1, 0)).toThrow(RangeError);
    expect(() => poissonProbabilities(Float64Array.of(0.5), 1, 1.5)).toThrow(RangeError);
  });
});
