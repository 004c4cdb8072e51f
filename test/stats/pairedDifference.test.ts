import { describe, expect, it } from "vitest";
import { seededRandom } from "../../src/seededRandom.ts";
import { pairedDifference } from "../../src/stats/pairedDifference.ts";
import type { SamplingDesign } from "../../src/stats/samplingDesign.ts";

// Drawn with numpy 2.4.6's default_rng(8): the first classification is the stratum.
const gold = [
  0, 0, 0, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 2, 0, 0, 0, 0, 0, 2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1,
  1, 1, 0, 1, 2, 1, 2, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 0, 2, 2,
  2, 2, 2,
];
const second = [
  0, 0, 2, 1, 1, 0, 0, 0, 1, 0, 0, 0, 0, 0, 2, 0, 0, 2, 0, 0, 2, 0, 0, 0, 0, 2, 0, 2, 0, 0, 1, 1, 1, 1, 0, 1,
  1, 1, 0, 1, 2, 1, 2, 2, 1, 1, 1, 1, 1, 1, 1, 1, 2, 1, 1, 2, 2, 2, 2, 2, 2, 1, 2, 2, 1, 2, 2, 2, 2, 0, 2, 1,
  2, 2, 2,
];
const first = gold.map((_, i) => (i < 30 ? 0 : i < 55 ? 1 : 2));
const design: SamplingDesign = {
  kind: "stratified",
  strata: [
    { size: 200, drawn: 30 },
    { size: 90, drawn: 25 },
    { size: 40, drawn: 20 },
  ],
  stratumOf: first,
  isFinite: true,
};
const sample = { design, gold, first, second, categoryCount: 3 };

describe("the paired difference of two classifications", () => {
  it("equals an independent computation in numpy, with and without finite-population correction", () => {
    const process = { ...sample, design: { ...design, isFinite: false } };
    for (const [kind, one, other, here, behind] of [
      ["accuracy", 0.8804040404040403, 0.8480808080808081, 0.06187471092872508, 0.06838424740329618],
      ["macroF1", 0.8513159960994071, 0.8289467270305503, 0.07002039876890011, 0.07810033707182513],
    ] as const) {
      const found = pairedDifference(sample, { kind });
      expect(found?.first).toBeCloseTo(one, 12);
      expect(found?.second).toBeCloseTo(other, 12);
      expect(found?.difference).toBeCloseTo(other - one, 12);
      expect(found?.standardError).toBeCloseTo(here, 12);
      expect(pairedDifference(process, { kind })?.standardError).toBeCloseTo(behind, 12);
    }
    // scipy 1.17.1: Student's t with 72 degrees of freedom; the normal p.
    const macro = pairedDifference(sample, { kind: "macroF1" });
    expect(macro?.interval?.low).toBeCloseTo(-0.161952382937795, 9);
    expect(macro?.interval?.high).toBeCloseTo(0.11721384480008132, 9);
    expect(macro?.p).toBeCloseTo(0.7493717365587074, 9);
  });

  it("is nothing, without an interval, between a classification and itself", () => {
    const same = pairedDifference({ ...sample, second: first }, { kind: "accuracy" });
    expect(same).toMatchObject({ difference: 0, standardError: 0, interval: undefined, p: undefined });
    expect(pairedDifference(sample, { kind: "recall", category: 2 })).toBeDefined();
    expect(
      pairedDifference({ ...sample, categoryCount: 4 }, { kind: "recall", category: 3 }),
    ).toBeUndefined();
  });

  it("refuses lists of other lengths and categories that there are not", () => {
    expect(() => pairedDifference({ ...sample, second: second.slice(1) }, { kind: "accuracy" })).toThrow(
      RangeError,
    );
    expect(() => pairedDifference({ ...sample, categoryCount: 2 }, { kind: "accuracy" })).toThrow(RangeError);
  });

  it("covers the true difference of macro-F1 about as often as it says, in 600 simple random samples", () => {
    const random = seededRandom(4);
    const population = Array.from({ length: 2000 }, () => {
      const truth = random() < 0.6 ? 0 : random() < 0.6 ? 1 : 2;
      const one = random() < 0.8 ? truth : Math.floor(random() * 3);
      // The second is mostly wrong where the first is.
      const other = random() < 0.7 ? one : random() < 0.85 ? truth : 0;
      return { truth, one, other };
    });
    const compared = (units: typeof population, size: number) =>
      pairedDifference(
        {
          design: {
            kind: "stratified",
            strata: [{ size, drawn: units.length }],
            stratumOf: units.map(() => 0),
            isFinite: true,
          },
          gold: units.map(({ truth }) => truth),
          first: units.map(({ one }) => one),
          second: units.map(({ other }) => other),
          categoryCount: 3,
        },
        { kind: "macroF1" },
      );
    const truth = compared(population, population.length)?.difference as number;
    let covered = 0;
    for (let round = 0; round < 600; round++) {
      const drawn = population
        .map((unit) => ({ unit, order: random() }))
        .sort((a, b) => a.order - b.order)
        .slice(0, 250)
        .map(({ unit }) => unit);
      const { low, high } = compared(drawn, population.length)?.interval ?? { low: 2, high: 2 };
      covered += Number(low <= truth && truth <= high);
    }
    expect(covered / 600).toBeGreaterThan(0.925);
    expect(covered / 600).toBeLessThan(0.975);
  });
});
