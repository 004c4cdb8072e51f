import { describe, expect, it } from "vitest";
import { seededRandom } from "../../src/seededRandom.ts";
import { categoryIntervals } from "../../src/stats/categoryIntervals.ts";
import { kappaInterval } from "../../src/stats/kappaInterval.ts";
import type { CellStratum } from "../../src/stats/stratifiedDirichlet.ts";
import type { Interval } from "../../src/stats/wilsonInterval.ts";

const stratum = (size: number, predicted: number, counts: readonly number[]): CellStratum => ({
  size,
  cells: counts.map((count, trueCategory) => ({ trueCategory, predicted, count })),
});
const strata = [stratum(700, 0, [40, 2]), stratum(300, 1, [3, 27])];
const options = () => ({ isFinite: false, draws: 40_000, random: seededRandom(3) });

function expectNear(interval: Interval | undefined, [low, high]: readonly [number, number]): void {
  expect(interval?.low).toBeCloseTo(low, 2);
  expect(interval?.high).toBeCloseTo(high, 2);
}

describe("posterior intervals of a category", () => {
  // Two million draws of numpy 2.4.6 of the same beta distributions.
  it("are what numpy draws", () => {
    const { precision, recall, f1 } = categoryIntervals(strata, 1, options());
    expectNear(precision, [0.7566, 0.9711]);
    expectNear(recall, [0.7229, 0.9744]);
    expectNear(f1, [0.7723, 0.9535]);
    expectNear(kappaInterval(strata, { ...options(), categoryCount: 2 }), [0.6826, 0.9412]);
  });
  it("do not change with categories that nobody saw", () => {
    const more = strata.map(({ size, cells }) => ({
      size,
      cells: [...cells, { trueCategory: 2, predicted: cells[0]?.predicted as number, count: 0 }],
    }));
    expect(categoryIntervals(more, 1, options())).toEqual(categoryIntervals(strata, 1, options()));
  });
  it("are not certain where nothing was right in a small sample", () => {
    // Four categories, 20 units: three predicted to be of the first, none rightly, and two of it among the others.
    const wrong = [
      stratum(40, 0, [0, 2, 1, 0]),
      stratum(400, 1, [1, 6, 0, 0]),
      stratum(300, 2, [0, 0, 5, 0]),
      stratum(260, 3, [1, 0, 0, 4]),
    ];
    for (const isWhole of [false, true]) {
      const { precision, recall, f1 } = categoryIntervals(wrong, 0, { ...options(), isFinite: isWhole });
      expect([precision?.low, recall?.low, f1?.low].map((low) => low?.toFixed(2))).toEqual(
        Array(3).fill("0.00"),
      );
      expect(recall?.high).toBeGreaterThan(0.1);
      expect(f1?.high).toBeGreaterThan(0.1);
    }
  });
  it("are not certain where nothing was missed, and are where everything was drawn", () => {
    const perfect = [stratum(700, 0, [42, 0]), stratum(300, 1, [0, 30])];
    const { recall } = categoryIntervals(perfect, 1, options());
    expect(recall?.low).toBeLessThan(0.9);
    expect(recall?.high).toBeGreaterThan(0.999);
    const whole = [stratum(42, 0, [42, 0]), stratum(30, 1, [0, 30])];
    expect(categoryIntervals(whole, 1, { ...options(), isFinite: true }).recall).toEqual({ low: 1, high: 1 });
    expect(
      categoryIntervals([stratum(42, 0, [42, 0])], 1, { ...options(), isFinite: true }).recall,
    ).toBeUndefined();
  });
});
