import { describe, expect, it } from "vitest";
import { sampleIndices, seededRandom } from "../../src/seededRandom.ts";
import { type StratifiedShare, stratifiedShare } from "../../src/stats/stratifiedShare.ts";
import { wilsonInterval } from "../../src/stats/wilsonInterval.ts";

function strata(sizes: readonly number[], judged: readonly number[], successes: readonly number[]) {
  return sizes.map((size, h) => ({
    size,
    judged: judged[h] as number,
    successes: successes[h] as number,
  }));
}

describe("stratifiedShare", () => {
  it("equals R's survey package 4.1-1 (R 4.2.2), svymean with strata and fpc", () => {
    const estimate = stratifiedShare(strata([2750, 1250, 750, 250], [60, 40, 40, 30], [53, 29, 23, 20]));
    expect(estimate?.share).toBeCloseTo(0.786666666667, 11);
    expect(estimate?.standardError).toBeCloseTo(0.0312483800276, 11);
    // svyciprop(method = "wilson") of survey 4.5 takes the quantile of t with 166 degrees of freedom: 0.71897 and 0.84165.
    expect(estimate?.interval.low).toBeCloseTo(0.71897, 2);
    expect(estimate?.interval.high).toBeCloseTo(0.84165, 2);
    expect(estimate).toMatchObject({ judged: 170, coveredSize: 5000, size: 5000, isWhole: false });
  });

  // Sizes and counts of Olofsson et al. 2014, table 8, whose accuracy is 0.9465 with a standard error of 0.0094 (without fpc, which
  // changes nothing at these sizes).
  it("equals Olofsson et al. 2014, table 8", () => {
    const estimate = stratifiedShare(
      strata([200_000, 150_000, 3_200_000, 6_450_000], [75, 75, 165, 325], [66, 55, 153, 313]),
    );
    expect(estimate?.share).toBeCloseTo(0.9465, 4);
    expect(estimate?.standardError).toBeCloseTo(0.0094, 4);
  });

  // The same formulas written a second time in Python 3.11.7, and computed there.
  it.each([
    [[2750, 1250, 750, 250], [60, 40, 40, 30], [53, 29, 23, 20], 0.7195035201536515, 0.8412952618947633],
    [[900, 100], [20, 10], [20, 5], 0.8205893484596499, 0.9874886958224324],
    [[900, 100], [1, 1], [1, 0], 0.1983347710332911, 0.9969549367257277],
    [[12, 400], [12, 12], [9, 11], 0.6489349740554631, 0.9830029481592897],
    [[50, 50], [10, 10], [0, 0], 0, 0.13319225093904852],
  ])("has the interval that Python computes: %j of which %j judged, %j right", (N, n, a, low, high) => {
    const interval = stratifiedShare(strata(N, n, a))?.interval;
    expect(interval?.low).toBeCloseTo(low, 12);
    expect(interval?.high).toBeCloseTo(high, 12);
  });

  it("of one stratum has Wilson's own interval, which stands beside it in the table", () => {
    for (const size of [21, 40, 1e9])
      for (const successes of [0, 7, 20])
        expect(stratifiedShare([{ size, judged: 20, successes }])?.interval).toEqual(
          wilsonInterval(successes, 20),
        );
  });

  it("of two alike that are all right has about Wilson's interval for both together", () => {
    const { low, high } = stratifiedShare(strata([1e9, 1e9], [20, 20], [20, 20]))?.interval ?? {};
    expect(low).toBeCloseTo(wilsonInterval(40, 40)?.low as number, 6);
    expect(high).toBe(1);
  });

  it("has no width where everything was judged, and is then the share itself", () => {
    const estimate = stratifiedShare(strata([12, 10], [12, 10], [9, 10]));
    expect(estimate).toEqual({
      share: 19 / 22,
      standardError: 0,
      interval: { low: 19 / 22, high: 19 / 22 },
      judged: 22,
      coveredSize: 22,
      size: 22,
      isWhole: true,
    });
  });

  it("ends where it would contradict what was judged", () => {
    // 39 of 50 are right and 9 wrong already, whatever the last two are: 0.78 to 0.82.
    const estimate = stratifiedShare(strata([40, 10], [39, 9], [30, 9]));
    expect(estimate?.interval.high).toBeCloseTo(1 - 9 / 50, 12);
    expect(estimate?.interval.low).toBeGreaterThanOrEqual(39 / 50);
  });

  it("leaves out strata without a judgement, and says how many it is about", () => {
    const estimate = stratifiedShare(strata([600, 300, 100, 0], [10, 0, 10, 0], [5, 0, 10, 0]));
    expect(estimate).toMatchObject({ share: (600 * 0.5 + 100) / 700, coveredSize: 700, size: 1000 });
    expect(stratifiedShare(strata([600, 300], [0, 0], [0, 0]))).toBeUndefined();
    expect(stratifiedShare([])).toBeUndefined();
  });

  it("is 1 to the last bit where all are right, so that nobody reads more than 99%", () => {
    for (let size = 3; size < 400; size++) {
      const estimate = stratifiedShare(strata([size, 7 * size + 1, 3], [3, 3, 3], [3, 3, 3]));
      expect(estimate?.share).toBe(1);
      expect(estimate?.interval.high).toBe(1);
    }
  });

  it("refuses counts that cannot be", () => {
    expect(() => stratifiedShare([{ size: 3, judged: 4, successes: 1 }])).toThrow(RangeError);
    expect(() => stratifiedShare([{ size: 3, judged: 1, successes: 2 }])).toThrow(RangeError);
  });

  const sevenSizes = [4000, 3000, 2000, 2500, 1500, 800, 400];
  it.each([
    ["seven categories, 12 of each", sevenSizes, 12, [0.95, 0.9, 0.8, 0.85, 0.7, 0.6, 0.5]],
    ["seven categories, nearly all right", sevenSizes, 12, [0.99, 0.98, 0.97, 0.99, 0.95, 0.9, 0.9]],
    ["one large category, nearly all right", [10_000, 100, 100], 30, [0.98, 0.5, 0.6]],
    ["one of each", sevenSizes, 1, [0.95, 0.9, 0.8, 0.85, 0.7, 0.6, 0.5]],
    ["a small study, categories judged whole", [12, 13, 14, 400], 12, [0.75, 0.77, 0.86, 0.9]],
  ])("covers the truth in at least 94 of 100 samples: %s", (_, sizes, judged, shares) => {
    const right = sizes.map((size, h) => Math.round(size * (shares[h] as number)));
    const truth = right.reduce((sum, count) => sum + count, 0) / sizes.reduce((sum, size) => sum + size, 0);
    const random = seededRandom(1927);
    const samples = 1500;
    let covered = 0;
    for (let sample = 0; sample < samples; sample++) {
      const successes = sizes.map(
        (size, h) => sampleIndices(size, judged, random).filter((i) => i < (right[h] as number)).length,
      );
      const { interval } = stratifiedShare(
        strata(
          sizes,
          sizes.map(() => judged),
          successes,
        ),
      ) as StratifiedShare;
      if (interval.low <= truth && truth <= interval.high) covered += 1;
    }
    expect(covered / samples).toBeGreaterThan(0.94);
  });
});
