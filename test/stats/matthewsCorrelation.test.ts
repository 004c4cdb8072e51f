import { describe, expect, it } from "vitest";
import { matthewsCorrelation } from "../../src/stats/matthewsCorrelation.ts";

describe("matthewsCorrelation", () => {
  it("at two categories is phi, which is Pearson's correlation of the 0s and 1s", () => {
    // numpy 2.4.6: corrcoef of 0 and 1 with the counts 6, 2, 1, 11 is 0.6847...; here from phi's own formula.
    const phi = (6 * 11 - 2 * 1) / Math.sqrt(8 * 12 * 7 * 13);
    expect(
      matthewsCorrelation([
        [6, 2],
        [1, 11],
      ]),
    ).toBeCloseTo(phi, 14);
  });

  it("is 1 where all is right, and -1 where two categories are swapped", () => {
    expect(
      matthewsCorrelation([
        [0.1, 0],
        [0, 0.7],
      ]),
    ).toBeCloseTo(1, 14);
    expect(
      matthewsCorrelation([
        [0, 3],
        [3, 0],
      ]),
    ).toBeCloseTo(-1, 14);
  });

  it("is not defined where the gold standard or the predictions have one category", () => {
    const weight = 0.1 + 0.2;
    for (const cells of [
      [
        [weight, 0],
        [0.7, 0],
      ],
      [
        [weight, 0.7],
        [0, 0],
      ],
      [[0]],
    ])
      expect(matthewsCorrelation(cells)).toBeUndefined();
  });
});
