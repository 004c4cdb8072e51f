import { describe, expect, it } from "vitest";
import { seededRandom } from "../../src/seededRandom.ts";
import { betaQuantile } from "../../src/stats/distributions/betaQuantile.ts";
import {
  type CellStratum,
  dirichletShare,
  stratifiedDirichlet,
} from "../../src/stats/stratifiedDirichlet.ts";

const stratum = (size: number, right: number, wrong: number, predicted = 0): CellStratum => ({
  size,
  cells: [
    { trueCategory: predicted, predicted, count: right },
    { trueCategory: 1 - predicted, predicted, count: wrong },
  ],
});
const options = (finite: boolean, draws = 20_000) => ({
  categoryCount: 2,
  isFinite: finite,
  draws,
  random: seededRandom(8),
});

describe("the stratified Dirichlet posterior", () => {
  it("is the beta distribution for one stratum of two cells", () => {
    const [accuracy] = stratifiedDirichlet([stratum(100, 15, 5)], [{ kind: "accuracy" }], options(false));
    expect(accuracy?.interval.low).toBeCloseTo(betaQuantile(0.025, 15.5, 5.5), 2);
    expect(accuracy?.interval.high).toBeCloseTo(betaQuantile(0.975, 15.5, 5.5), 2);
    expect(dirichletShare([stratum(100, 15, 5)], ({ trueCategory }) => trueCategory === 0).mean).toBeCloseTo(
      15.5 / 21,
      14,
    );
  });
  it("knows what was drawn of this collection", () => {
    const [whole] = stratifiedDirichlet([stratum(20, 15, 5)], [{ kind: "accuracy" }], options(true, 50));
    expect(whole).toEqual({ interval: { low: 0.75, high: 0.75 }, median: 0.75 });
    const [almost] = stratifiedDirichlet([stratum(22, 15, 5)], [{ kind: "accuracy" }], options(true, 500));
    expect(almost?.interval).toEqual({ low: 15 / 22, high: 17 / 22 });
  });
  it("has the beta-binomial's spread of the rest, drawn one by one or all at once", () => {
    for (const unseen of [60, 70]) {
      const size = 20 + unseen;
      const [accuracy] = stratifiedDirichlet([stratum(size, 15, 5)], [{ kind: "accuracy" }], options(true));
      // scipy 1.17.1: betabinom.ppf([.025, .5, .975], unseen, 15.5, 5.5).
      const expected = { 60: [30, 45, 55], 70: [36, 52, 64] }[unseen] as readonly number[];
      for (const [index, value] of [
        accuracy?.interval.low,
        accuracy?.median,
        accuracy?.interval.high,
      ].entries())
        expect(Math.abs((value as number) * size - 15 - (expected[index] as number))).toBeLessThanOrEqual(1);
    }
  });
  it("is repeatable, and says nothing where no draw defines the metric", () => {
    const strata = [stratum(100, 15, 5), stratum(50, 9, 1, 1)];
    const metrics = [{ kind: "macroF1" }, { kind: "recall", category: 1 }] as const;
    expect(stratifiedDirichlet(strata, metrics, options(true, 200))).toEqual(
      stratifiedDirichlet(strata, metrics, options(true, 200)),
    );
    const [none] = stratifiedDirichlet(
      [stratum(100, 15, 5)],
      [{ kind: "precision", category: 1 }],
      options(false, 20),
    );
    expect(none).toBeUndefined();
  });
  it("refuses what cannot be", () => {
    expect(() => stratifiedDirichlet([stratum(10, 15, 5)], [], options(true))).toThrow(RangeError);
    expect(() => stratifiedDirichlet([stratum(100, 15, 5)], [], options(true, 0))).toThrow(RangeError);
    expect(() => dirichletShare([], () => true)).toThrow(RangeError);
  });
});
