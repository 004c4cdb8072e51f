import { describe, expect, it } from "vitest";
import { seededRandom } from "../../src/seededRandom.ts";
import { groupErrors } from "../../src/stats/groupErrors.ts";
import { weightedShare } from "../../src/stats/weightedShare.ts";

const units = Array.from({ length: 60 }, (_, unit) => unit);
const groups = units.map((unit) => "abc".charAt((unit * unit + Math.floor(unit / 5)) % 3));
const isWrong = units.map((unit) => (unit * unit * 3 + unit) % 11 < (groups[unit] === "b" ? 5 : 3));
const design = {
  kind: "stratified",
  strata: [
    { size: 400, drawn: 30 },
    { size: 150, drawn: 30 },
  ],
  stratumOf: units.map((unit) => unit % 2),
} as const;

describe("groupErrors", () => {
  // numpy 2.4.6 and scipy 1.17.1: the cells' covariance matrix, carried over to p_ij - p_i p_j by its Jacobian.
  it.each([
    [true, 1.0620594563038792, 7.547742866760611, 0.022962991289334305],
    [false, 1.1676142999440988, 6.865410680373683, 0.03229944149153263],
  ])("equals numpy for a stratified sample, finite: %s", (isOfCollection, designEffect, chiSquare, p) => {
    const { test } = groupErrors(groups, isWrong, { design: { ...design, isFinite: isOfCollection } });
    expect(test?.degreesOfFreedom).toBe(2);
    expect(test?.designEffect).toBeCloseTo(designEffect, 11);
    expect(test?.chiSquare).toBeCloseTo(chiSquare, 10);
    expect(test?.p).toBeCloseTo(p, 12);
    expect(test?.smallestExpected).toBeCloseTo(7.369696969696969, 11);
  });

  it("equals numpy for weights without a design", () => {
    const { test } = groupErrors(groups, isWrong, { weights: units.map((unit) => 1 + (unit % 4) * 0.5) });
    expect(test?.designEffect).toBeCloseTo(1.032858058477628, 11);
    expect(test?.p).toBeCloseTo(0.008533006859914335, 12);
  });

  it("without weights is near Pearson's own statistic, 8.943 here", () => {
    // scipy 1.17.1, chi2_contingency of 12 and 12, 5 and 15, 12 and 4 without correction: 8.943270300333703.
    const { test } = groupErrors(groups, isWrong);
    expect((test?.chiSquare as number) * (test?.designEffect as number)).toBeCloseTo(8.943270300333703, 11);
    expect(Math.abs((test?.designEffect as number) - 1)).toBeLessThan(0.1);
  });

  it("has each group's rate and interval, in the order of the groups", () => {
    const { groups: rates } = groupErrors(groups, isWrong, { design: { ...design, isFinite: true } });
    expect(rates.map(({ group }) => group)).toEqual(["a", "b", "c"]);
    expect(rates[1]?.errorRate).toEqual(
      weightedShare(
        isWrong,
        { design: { ...design, isFinite: true } },
        groups.map((group) => group === "b"),
      ),
    );
  });

  it("rejects equal rates about as often as it says, where errors come in one stratum with a large weight", () => {
    const random = seededRandom(41);
    let rejected = 0;
    for (let draw = 0; draw < 1000; draw++) {
      const own = units.map(() => (random() < 0.5 ? "a" : "b"));
      const wrong = units.map((unit) => random() < (unit % 2 === 0 ? 0.45 : 0.2));
      const { test } = groupErrors(own, wrong, { design: { ...design, isFinite: false } });
      if (test !== undefined && test.p < 0.05) rejected += 1;
    }
    expect(rejected / 1000).toBeGreaterThan(0.03);
    expect(rejected / 1000).toBeLessThan(0.08);
  });

  it("has no test of one group, or without errors, or with errors only", () => {
    expect(groupErrors(["a", "a"], [true, false]).test).toBeUndefined();
    expect(groupErrors(["a", "b"], [false, false]).test).toBeUndefined();
    expect(groupErrors(["a", "b"], [true, true]).test).toBeUndefined();
    expect(groupErrors([], [])).toEqual({ groups: [], test: undefined });
    expect(() => groupErrors(["a"], [])).toThrow(RangeError);
  });
});
