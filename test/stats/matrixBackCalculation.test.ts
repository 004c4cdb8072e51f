import { describe, expect, it } from "vitest";
import { UserError } from "../../src/errors.ts";
import { seededRandom } from "../../src/seededRandom.ts";
import { matrixBackCalculation } from "../../src/stats/matrixBackCalculation.ts";

const matrix = [
  [0.7, 0.1, 0.1, 0.2],
  [0.1, 0.6, 0.1, 0.1],
  [0.1, 0.2, 0.7, 0.1],
  [0.1, 0.1, 0.1, 0.6],
];
const predicted = [0.1, 0.35, 0.05, 0.5];

const misfit = (shares: readonly number[]) =>
  matrix.reduce(
    (sum, row, i) =>
      sum + (row.reduce((part, x, j) => part + x * (shares[j] as number), 0) - (predicted[i] as number)) ** 2,
    0,
  );

describe("matrixBackCalculation", () => {
  it("flags shares outside 0..1 and fits the predicted ones better than 2,000 random shares and the projection", () => {
    const { raw, isOutside, projected, leastSquares } = matrixBackCalculation(matrix, predicted);
    expect(isOutside).toBe(true);
    expect(Math.min(...raw)).toBeLessThan(0);
    expect(Math.min(...leastSquares)).toBeGreaterThanOrEqual(0);
    expect(leastSquares.reduce((sum, x) => sum + x, 0)).toBeCloseTo(1, 12);
    expect(misfit(leastSquares)).toBeLessThanOrEqual(misfit(projected));
    const random = seededRandom(3);
    for (let i = 0; i < 2000; i++) {
      const draws = leastSquares.map((x) => Math.max(0, x + 0.2 * (random() - 0.5)));
      const sum = draws.reduce((total, x) => total + x, 0);
      expect(misfit(draws.map((x) => x / sum))).toBeGreaterThanOrEqual(misfit(leastSquares) - 1e-12);
    }
  });

  it("is Rogan and Gladen's for two categories", () => {
    const { raw } = matrixBackCalculation(
      [
        [0.88, 0.1],
        [0.12, 0.9],
      ],
      [0.33, 0.67],
    );
    expect(raw[0]).toBeCloseTo((0.33 + 0.9 - 1) / (0.88 + 0.9 - 1), 12);
  });

  it("refuses error rates that do not tell the categories apart", () => {
    const alike = [
      [0.5, 0.5],
      [0.5, 0.5],
    ];
    const nearly = [
      [0.505, 0.5],
      [0.495, 0.5],
    ];
    expect(() => matrixBackCalculation(alike, [0.5, 0.5])).toThrow(UserError);
    expect(() => matrixBackCalculation(nearly, [0.5, 0.5])).toThrow(UserError);
  });

  it("refuses what are no shares", () => {
    expect(() => matrixBackCalculation(matrix, [0.5, 0.5])).toThrow(RangeError);
    expect(() => matrixBackCalculation(matrix, [0.5, 0.5, 0.5, 0.5])).toThrow(RangeError);
  });
});
