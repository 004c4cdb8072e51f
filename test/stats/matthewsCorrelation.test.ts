import { describe, expect, it } from "vitest";
import { matthewsCorrelation } from "../../src/stats/matthewsCorrelation.ts";

describe("matthewsCorrelation", () => {
  it("at two categories is phi, which is Pearson's correlation of the 0s and 1s", () => {
    // numpy 2.4.6, corrcoef of the 0s and 1s of 20 units.
    expect(
      matthewsCorrelation([
        [6, 2],
        [1, 11],
      ]),
    ).toBeCloseTo(0.6847367880174609, 14);
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
