import { describe, expect, it } from "vitest";
import { weightedShare } from "../../src/stats/weightedShare.ts";
import { wilsonInterval } from "../../src/stats/wilsonInterval.ts";

const units = Array.from({ length: 60 }, (_, unit) => unit);
const isMember = units.map((unit) => (unit * unit + Math.floor(unit / 5)) % 3 === 1);
const isWrong = units.map((unit) => (unit * unit * 3 + unit) % 11 < (isMember[unit] ? 5 : 3));
const stratumOf = units.map((unit) => unit % 2);
const strata = [
  { size: 400, drawn: 30 },
  { size: 150, drawn: 30 },
];

describe("weightedShare", () => {
  // numpy 2.4.6 and scipy 1.17.1: stratified variance of the ratio's influence over a domain, Wilson's bounds at p q / v.
  it.each([
    [true, 18.608699536618325, 0.5465387037339033, 0.9055828174463803],
    [false, 16.846447202246598, 0.534536220176819, 0.9096349391002877],
  ])("equals numpy for a domain of a stratified sample, finite: %s", (isOfCollection, size, low, high) => {
    const estimate = weightedShare(
      isWrong,
      { design: { kind: "stratified", strata, stratumOf, isFinite: isOfCollection } },
      isMember,
    );
    expect(estimate?.count).toBe(20);
    expect(estimate?.share).toBeCloseTo(0.7727272727272728, 12);
    expect(estimate?.effectiveSize).toBeCloseTo(size, 10);
    expect(estimate?.interval.low).toBeCloseTo(low, 12);
    expect(estimate?.interval.high).toBeCloseTo(high, 12);
  });

  it.each([
    [true, 17.050503089026115, 0.45341025801406454, 0.8562382857074454],
    [false, 12.555786501200943, 0.4169806197064849, 0.8735447734426594],
  ])("equals numpy for a domain of a Poisson sample, finite: %s", (isOfCollection, size, low, high) => {
    const drawn = units.slice(0, 30);
    const probabilities = drawn.map((unit) => 0.1 + (0.8 * ((unit * 7) % 30)) / 30);
    const design = { kind: "poisson", probabilities, size: 90, isFinite: isOfCollection } as const;
    const estimate = weightedShare(
      drawn.map((unit) => (unit * 11) % 7 < 5),
      { design },
      drawn.map((unit) => unit % 3 !== 0),
    );
    expect(estimate?.share).toBeCloseTo(0.6897060030150592, 12);
    expect(estimate?.effectiveSize).toBeCloseTo(size, 10);
    expect(estimate?.interval.low).toBeCloseTo(low, 12);
    expect(estimate?.interval.high).toBeCloseTo(high, 12);
  });

  it("without a design has Kish's effective size", () => {
    const estimate = weightedShare([true, false], { weights: [3, 1] });
    expect(estimate).toMatchObject({ share: 0.75, count: 2, weight: 4, effectiveSize: 1.6 });
    expect(estimate?.interval.low).toBeCloseTo(wilsonInterval(1.2, 1.6)?.low as number, 14);
    expect(estimate?.interval.high).toBeCloseTo(wilsonInterval(1.2, 1.6)?.high as number, 14);
    expect(weightedShare([true, false, true])?.interval).toEqual(wilsonInterval(2, 3));
  });

  it("never counts for more units than there are, however well the strata tell", () => {
    // Nine of ten right in one stratum, one of ten in the other: p q / v is 0.25 / (0.09 / 18), which is 50.
    const design = {
      kind: "stratified",
      strata: [
        { size: 1000, drawn: 10 },
        { size: 1000, drawn: 10 },
      ],
      stratumOf: Array.from({ length: 20 }, (_, unit) => Math.floor(unit / 10)),
      isFinite: false,
    } as const;
    const outcomes = design.stratumOf.map((stratum, unit) => (unit % 10 === 0) === (stratum === 1));
    expect(weightedShare(outcomes, { design })).toMatchObject({ effectiveSize: 20, share: 0.5 });
  });

  it("with no variance in the sample does not pass for certainty", () => {
    const design = {
      kind: "stratified",
      strata: [{ size: 100, drawn: 10 }],
      stratumOf: new Array(10).fill(0),
      isFinite: true,
    } as const;
    expect(weightedShare(new Array(10).fill(true), { design })?.interval).toEqual(wilsonInterval(10, 10));
  });

  it("of a finite population that was drawn whole has no width", () => {
    const whole = { kind: "stratified", strata: [{ size: 4, drawn: 4 }], stratumOf: [0, 0, 0, 0] } as const;
    const outcomes = [true, true, true, false];
    expect(weightedShare(outcomes, { design: { ...whole, isFinite: true } })?.interval).toEqual({
      low: 0.75,
      high: 0.75,
    });
    expect(weightedShare(outcomes, { design: { ...whole, isFinite: false } })?.interval.low).toBeLessThan(
      0.5,
    );
  });

  it("is not defined where nothing with weight is counted", () => {
    expect(weightedShare([])).toBeUndefined();
    expect(weightedShare([true], { weights: [0] })).toBeUndefined();
    expect(weightedShare([true], {}, [false])).toBeUndefined();
  });

  it("refuses weights beside a design, and other lengths", () => {
    const design = {
      kind: "stratified",
      strata: [{ size: 1, drawn: 1 }],
      stratumOf: [0],
      isFinite: true,
    } as const;
    expect(() => weightedShare([true], { design, weights: [1] })).toThrow(RangeError);
    expect(() => weightedShare([true, true], { design })).toThrow(RangeError);
    expect(() => weightedShare([true], {}, [])).toThrow(RangeError);
  });
});
