import { describe, expect, it } from "vitest";
import { seededRandom } from "../../src/seededRandom.ts";
import { macroF1Changes } from "../../src/stats/macroF1Change.ts";
import type { SamplingDesign } from "../../src/stats/samplingDesign.ts";

const simple = (size: number, drawn: number, isWhole = false): SamplingDesign => ({
  kind: "stratified",
  strata: [{ size, drawn }],
  stratumOf: Array.from({ length: drawn }, () => 0),
  isFinite: isWhole,
});

/** 0, 1, 2, 0, 1, 2, ...; some of them told wrongly, at places that do not go with the category. */
const n = 420;
const truth = Array.from({ length: n }, (_, i) => i % 3);
const wrong = (every: number) =>
  truth.map((category, i) => (i % every === 0 ? (category + 1) % 3 : category));
const [first, second] = [wrong(4), wrong(10)];

// numpy 2.4.6: macro-F1 differentiated numerically by each unit's weight, variance n / (n - 1) * the sum of the squared influences.
const changeByNumpy = 0.15000000000000002;
const errorByNumpy = 0.02330148970121554;

const optionsOf = (design: SamplingDesign, draws = 4000) => ({
  categoryCount: 3,
  design,
  random: seededRandom(2),
  draws,
});

describe("macroF1Changes", () => {
  it.each([
    ["of a process", simple(100_000, n), 1],
    ["of a collection, of which half was drawn", simple(2 * n, n, true), Math.sqrt(0.5)],
  ])("has the width of the linearised interval %s", (_, design, factor) => {
    const [change] = macroF1Changes(truth, first, [second], optionsOf(design));
    expect(change?.change).toBeCloseTo(changeByNumpy, 10);
    const half = 1.959963984540054 * errorByNumpy * factor;
    expect((change?.interval?.high ?? 0) - (change?.interval?.low ?? 0)).toBeGreaterThan(2 * half * 0.95);
    expect((change?.interval?.high ?? 0) - (change?.interval?.low ?? 0)).toBeLessThan(2 * half * 1.05);
  });

  it("has an interval without width for a collection that was drawn whole, and for the same answers", () => {
    const [whole] = macroF1Changes(truth, first, [second], optionsOf(simple(n, n, true), 10));
    expect(whole?.interval?.low).toBeCloseTo(changeByNumpy, 10);
    expect(whole?.interval?.high).toBeCloseTo(changeByNumpy, 10);
    const [same] = macroF1Changes(truth, first, [first], optionsOf(simple(n, n), 10));
    expect(same).toEqual({ change: 0, interval: { low: 0, high: 0 } });
  });

  it("takes a Poisson sample as drawn with replacement", () => {
    const design: SamplingDesign = {
      kind: "poisson",
      probabilities: truth.map(() => 0.1),
      size: 10 * n,
      isFinite: true,
    };
    const [change] = macroF1Changes(truth, first, [second], optionsOf(design));
    const width = (change?.interval?.high ?? 0) - (change?.interval?.low ?? 0);
    expect(width / (2 * 1.959963984540054 * errorByNumpy)).toBeCloseTo(1, 1);
  });

  it("has no interval where one unit stands for more, and nothing for no units", () => {
    const [alone] = macroF1Changes([0], [0], [[1]], optionsOf(simple(5, 1)));
    expect(alone).toEqual({ change: -1, interval: undefined });
    expect(macroF1Changes([], [], [[]], optionsOf(simple(5, 0)))).toEqual([undefined]);
  });

  it("refuses lists of different lengths and a single draw", () => {
    expect(() => macroF1Changes([0], [0], [[0, 1]], optionsOf(simple(5, 1)))).toThrow(RangeError);
    expect(() => macroF1Changes([0], [0], [[0]], optionsOf(simple(5, 1), 1))).toThrow(RangeError);
  });
});
