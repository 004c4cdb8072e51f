import { describe, expect, it } from "vitest";
import { sampleIndices, seededRandom } from "../../src/seededRandom.ts";
import { type DomainUnit, domainShares } from "../../src/stats/domainShares.ts";
import type { SamplingDesign } from "../../src/stats/samplingDesign.ts";

// Drawn with numpy 2.4.6's default_rng(5): 60 units in two groups, five images shown twice, three strata by prediction.
const predictions = [
  2, 2, 0, 0, 1, 1, 1, 1, 2, 2, 0, 1, 1, 1, 0, 0, 0, 0, 0, 2, 0, 1, 2, 0, 0, 1, 0, 2, 0, 2, 2, 2, 0, 1, 1, 1,
  1, 2, 1, 0, 2, 1, 2, 0, 1, 2, 0, 0, 1, 2, 0, 2, 1, 0, 1, 2, 2, 2, 0, 0,
];
const groups = [
  0, 1, 0, 0, 0, 1, 1, 0, 1, 1, 1, 1, 1, 1, 0, 1, 1, 1, 0, 0, 1, 0, 1, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 1, 0, 1,
  1, 0, 0, 0, 1, 0, 0, 1, 0, 1, 0, 1, 0, 0, 1, 1, 0, 0, 0, 1, 0, 0, 1, 1,
];
const sampled = [
  24,
  24,
  null,
  null,
  null,
  null,
  null,
  null,
  null,
  null,
  0,
  12,
  13,
  null,
  null,
  null,
  1,
  2,
  null,
  null,
  null,
  14,
  25,
  3,
  4,
  null,
  5,
  26,
  6,
  null,
  27,
  28,
  null,
  15,
  16,
  17,
  18,
  29,
  19,
  7,
  null,
  20,
  30,
  8,
  21,
  31,
  null,
  9,
  null,
  null,
  null,
  32,
  22,
  10,
  23,
  33,
  34,
  35,
  null,
  11,
];
const gold = [
  0, 0, 0, 2, 0, 0, 2, 0, 0, 0, 0, 0, 0, 1, 2, 1, 1, 1, 1, 2, 1, 1, 1, 1, 1, 2, 2, 2, 2, 2, 2, 0, 2, 1, 2, 2,
];
const design: SamplingDesign = {
  kind: "stratified",
  strata: [
    { size: 21, drawn: 12 },
    { size: 17, drawn: 12 },
    { size: 17, drawn: 12 },
  ],
  stratumOf: gold.map((_, i) => Math.floor(i / 12)),
  isFinite: true,
};
const units = predictions.map(
  (prediction, i): DomainUnit => ({
    group: `group ${groups[i]}`,
    prediction,
    sampled: sampled[i] ?? undefined,
  }),
);

// numpy 2.4.6: naive, raw, standard error for this collection, and for the process behind it.
const byNumpy: Readonly<Record<string, readonly (readonly number[])[]>> = {
  "group 0": [
    [0.34375, 0.234375, 0.048274560988540986, 0.08909566891328172],
    [0.34375, 0.2994791666666667, 0.04030535427232561, 0.09044613142222267],
    [0.3125, 0.46614583333333337, 0.0628884315407376, 0.10831269109796109],
  ],
  "group 1": [
    [0.39285714285714285, 0.49404761904761907, 0.03880477622144432, 0.10214262919594627],
    [0.2857142857142857, 0.3363095238095238, 0.04606326202551498, 0.10046614622431105],
    [0.32142857142857145, 0.16964285714285715, 0.042988839859952464, 0.08293915326340044],
  ],
};

describe("domainShares", () => {
  it("equals an independent computation in numpy, with images that are shown twice", () => {
    const here = domainShares(units, gold, design, 3);
    const behind = domainShares(units, gold, { ...design, isFinite: false }, 3);
    expect(here.domains.map(({ group }) => group)).toEqual(["group 0", "group 1"]);
    expect(here.domains.map(({ codedImages }) => codedImages)).toEqual([19, 18]);
    here.domains.forEach(({ group, shares }, d) => {
      shares.forEach((share, k) => {
        const [naive, raw, finite, process] = byNumpy[group]?.[k] ?? [];
        expect(share.naive).toBeCloseTo(naive as number, 12);
        expect(share.raw).toBeCloseTo(raw as number, 12);
        expect(share.standardError).toBeCloseTo(finite as number, 12);
        expect(behind.domains[d]?.shares[k]?.standardError).toBeCloseTo(process as number, 12);
      });
      expect(shares.reduce((sum, { raw }) => sum + (raw as number), 0)).toBeCloseTo(1, 12);
    });
  });

  it("has no interval for a group with fewer than ten coded images, and no share for one without any", () => {
    const few = units.map((unit, i) => ({ ...unit, group: i < 15 ? "few" : "rest" }));
    const none = units.map((unit) => ({
      ...unit,
      group: unit.sampled === undefined ? "none" : "all",
    }));
    const [share] = domainShares(few, gold, design, 3).domains[0]?.shares ?? [];
    expect(share?.share).toBeDefined();
    expect(share?.interval).toBeUndefined();
    expect(share?.standardError).toBeUndefined();
    expect(share?.reason).toBe("few coded images");
    const empty = domainShares(none, gold, design, 3).domains.find(({ group }) => group === "none");
    expect(empty?.shares[0]?.share).toBeUndefined();
    expect(empty?.shares[0]?.naive).toBeGreaterThan(0);
  });

  it("does not take a group without errors among its coded images for certain", () => {
    const right = units.map((unit) => ({
      ...unit,
      prediction: unit.sampled === undefined ? unit.prediction : (gold[unit.sampled] as number),
    }));
    for (const asked of [design, { ...design, isFinite: false }]) {
      for (const { shares } of domainShares(right, gold, asked, 3).domains) {
        for (const { share, naive, interval, reason } of shares) {
          expect(share).toBeCloseTo(naive, 12);
          expect(interval).toBeUndefined();
          expect(reason).toBe("no variance");
        }
      }
    }
  });

  it("knows the shares of a group whose images were all coded", () => {
    const whole: SamplingDesign = {
      kind: "stratified",
      strata: [{ size: 4, drawn: 4 }],
      stratumOf: [0, 0, 0, 0],
      isFinite: true,
    };
    const all = [0, 0, 1, 1].map((prediction, i) => ({ group: "a", prediction, sampled: i }));
    const [share] = domainShares(all, [0, 1, 1, 1], whole, 2).domains[0]?.shares ?? [];
    expect(share).toMatchObject({ naive: 0.5, share: 0.25, interval: { low: 0.25, high: 0.25 } });
    expect(share?.reason).toBeUndefined();
  });

  it("flags a share outside 0..1 and clips it and its interval", () => {
    const one: SamplingDesign = {
      kind: "stratified",
      strata: [{ size: 200, drawn: 20 }],
      stratumOf: new Array<number>(20).fill(0),
      isFinite: true,
    };
    // 4 of the group's 20 coded images are predicted 0 and are not, but only 4 of its 30 units are predicted 0.
    const group = Array.from({ length: 30 }, (_, i) => ({
      group: "a",
      prediction: i < 4 ? 0 : 1,
      sampled: i < 20 ? i : undefined,
    }));
    const [share] = domainShares(group, new Array<number>(20).fill(1), one, 2).domains[0]?.shares ?? [];
    expect(share?.raw).toBeCloseTo(4 / 30 - 40 / 30, 12);
    expect(share).toMatchObject({ share: 0, isOutside: true });
    expect(share?.interval?.low).toBe(0);
  });

  it("names strata that stay uncorrected", () => {
    const design2: SamplingDesign = {
      kind: "stratified",
      strata: [
        { size: 4, drawn: 2 },
        { size: 3, drawn: 0 },
      ],
      stratumOf: [0, 0],
      isFinite: true,
    };
    const some = [0, 0, 1].map((prediction, i) => ({
      group: "a",
      prediction,
      sampled: i < 2 ? i : undefined,
    }));
    expect(domainShares(some, [0, 1], design2, 2).uncorrectedStrata).toEqual([1]);
  });

  it("refuses categories and places that do not exist", () => {
    const call = (unit: Partial<DomainUnit>) => () =>
      domainShares([{ group: "a", prediction: 0, sampled: 0, ...unit }], gold, design, 3);
    expect(call({ prediction: 3 })).toThrow(RangeError);
    expect(call({ sampled: 36 })).toThrow(RangeError);
    expect(() => domainShares(units, gold.slice(1), design, 3)).toThrow(RangeError);
  });

  it("covers a group's true share about as often as it says, in 1,500 samples of 400 of 3,000 images", () => {
    const random = seededRandom(11);
    const category = () => Math.floor(random() * 3);
    const population = Array.from({ length: 3000 }, () => {
      const prediction = category();
      const group = random() < 0.25 ? "small" : "large";
      // Errors are more frequent in the small group.
      const isRight = random() < (group === "small" ? 0.7 : 0.85);
      return { prediction, group, gold: isRight ? prediction : category() };
    });
    const strata = [0, 1, 2].map((h) =>
      population.flatMap(({ prediction }, i) => (prediction === h ? [i] : [])),
    );
    const drawn = [150, 150, 100];
    const truth = ["small", "large"].map((group) => {
      const members = population.filter((unit) => unit.group === group);
      return members.filter((unit) => unit.gold === 1).length / members.length;
    });
    const covered = [0, 0];
    const sums = [0, 0];
    const rounds = 1500;
    for (let round = 0; round < rounds; round++) {
      const sample = strata.flatMap((ids, h) =>
        sampleIndices(ids.length, drawn[h] as number, random).map((at) => ids[at] as number),
      );
      const places = new Map(sample.map((id, place) => [id, place]));
      const { domains } = domainShares(
        population.map(({ group, prediction }, i) => ({ group, prediction, sampled: places.get(i) })),
        sample.map((id) => population[id]?.gold as number),
        {
          kind: "stratified",
          strata: strata.map((ids, h) => ({ size: ids.length, drawn: drawn[h] as number })),
          stratumOf: sample.map((id) => population[id]?.prediction as number),
          isFinite: true,
        },
        3,
      );
      ["small", "large"].forEach((name, d) => {
        const share = domains.find(({ group }) => group === name)?.shares[1];
        const { low, high } = share?.interval ?? { low: 1, high: 0 };
        const isCovered = low <= (truth[d] as number) && (truth[d] as number) <= high;
        covered[d] = (covered[d] as number) + Number(isCovered);
        sums[d] = (sums[d] as number) + (share?.raw as number);
      });
    }
    covered.forEach((count, d) => {
      expect(count / rounds).toBeGreaterThan(0.925);
      expect(count / rounds).toBeLessThan(0.97);
      // Unbiased: the mean of all samples is the truth.
      expect((sums[d] as number) / rounds).toBeCloseTo(truth[d] as number, 2);
    });
  }, 60_000);
});
