import { describe, expect, it } from "vitest";
import { seededRandom } from "../../../src/seededRandom.ts";
import { emPrior } from "../../../src/stats/priorCorrection/emPrior.ts";
import { priorMatching } from "../../../src/stats/priorCorrection/priorMatching.ts";
import { sinkhornPosterior } from "../../../src/stats/priorCorrection/sinkhornPosterior.ts";
import { transportToShares } from "../../../src/stats/priorCorrection/transportToShares.ts";

const random = seededRandom(7);
const probabilities = Array.from({ length: 9 }, () => {
  const row = [random(), random(), random()];
  const sum = row.reduce((total, x) => total + x, 0);
  return row.map((x) => x / sum);
});

/** The least cost of all ways to give each category three of the nine units. */
function leastCost(unit = 0, left = [3, 3, 3]): number {
  if (unit === probabilities.length) return 0;
  return Math.min(
    ...left.map((count, k) =>
      count === 0
        ? Number.POSITIVE_INFINITY
        : -Math.log((probabilities[unit]?.[k] as number) + 1e-6) / 9 +
          leastCost(
            unit + 1,
            left.map((x, j) => (j === k ? x - 1 : x)),
          ),
    ),
  );
}

describe("transportToShares", () => {
  it("finds the cheapest of all 1,680 assignments", () => {
    const { cost, plan } = transportToShares(probabilities, [1 / 3, 1 / 3, 1 / 3]);
    expect(cost).toBeCloseTo(leastCost(), 10);
    [0, 1, 2].forEach((k) => {
      expect(plan.reduce((sum, row) => sum + (row[k] as number), 0)).toBeCloseTo(1 / 3, 10);
    });
  });

  it("refuses shares that are none, as the other diagnoses do", () => {
    expect(() => transportToShares(probabilities, [0.5, 0.4, 0.4])).toThrow(RangeError);
    expect(() => priorMatching(probabilities, [1, 0, 0])).toThrow(RangeError);
    expect(() => emPrior(probabilities, [0.5, 0.5])).toThrow(RangeError);
    expect(() => sinkhornPosterior([])).toThrow(RangeError);
  });
});
