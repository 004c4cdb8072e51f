import { describe, expect, it } from "vitest";
import { sharesByLeastSquares } from "../../src/stats/sharesByLeastSquares.ts";

describe("sharesByLeastSquares", () => {
  it("lets a share grow that was 0 among the predicted ones", () => {
    // Each of the first two categories is mostly taken for the other, so that predictions of the second come from the first.
    const matrix = [
      [0.2, 0.8, 0],
      [0.8, 0.2, 0],
      [0, 0, 1],
    ];
    const shares = sharesByLeastSquares(matrix, [0, 1, 0]);
    [1, 0, 0].forEach((x, k) => {
      expect(shares[k]).toBeCloseTo(x, 10);
    });
    // By hand: 0.2 p + 0.8 (1 - p) = 0.4 at p = 2/3.
    expect(sharesByLeastSquares(matrix, [0.4, 0.6, 0])[0]).toBeCloseTo(2 / 3, 10);
  });

  it("refuses a singular matrix", () => {
    const alike = [
      [0.5, 0.5],
      [0.5, 0.5],
    ];
    expect(() => sharesByLeastSquares(alike, [0.5, 0.5])).toThrow(RangeError);
  });
});
