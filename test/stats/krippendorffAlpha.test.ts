import { describe, expect, it } from "vitest";
import { alphaUndefinedReason, krippendorffAlpha } from "../../src/stats/krippendorffAlpha.ts";
import { codedUnits } from "./codedUnits.ts";

describe("krippendorffAlpha", () => {
  it("equals Krippendorff 2011, example A", () => {
    const alpha = krippendorffAlpha(
      [..."0100000010"].map((a, unit) => [Number(a), Number("1110010000"[unit])]),
    );
    expect(alpha?.alpha).toBeCloseTo(0.095, 3);
    expect(alpha?.coincidences).toEqual([
      [10, 4],
      [4, 2],
    ]);
    expect(alpha?.pairableRatings).toBe(20);
  });

  it("equals Krippendorff 2011, example B", () => {
    const second = [..."babbbcccebdd"].map((label) => label.charCodeAt(0));
    second[9] = "d".charCodeAt(0);
    const ratings = [..."aabbdcccedda"].map((label, unit) => [label.charCodeAt(0), second[unit]]);
    expect(krippendorffAlpha(ratings)?.alpha).toBeCloseTo(0.692, 3);
  });

  // Python 3 with numpy 2.4.6, by the definition: all pairs within units, and all pairs.
  it.each([
    ["nominal", 0.4814814814814815],
    ["ordinal", 0.8933942992622699],
    ["interval", 0.8765212229148115],
    ["ratio", 0.8566165565020435],
  ] as const)("equals the definition for %s values with some missing", (metric, expected) => {
    const alpha = krippendorffAlpha(codedUnits, metric);
    expect(alpha?.alpha).toBeCloseTo(expected, 12);
    expect(1 - (alpha?.observedDisagreement ?? 0) / (alpha?.expectedDisagreement ?? 0)).toBeCloseTo(
      expected,
      12,
    );
    expect([alpha?.pairableUnits, alpha?.pairableRatings]).toEqual([12, 33]);
  });

  it("leaves out units with one rating, whose values count nowhere", () => {
    const more = [...codedUnits, [9, undefined, undefined], [undefined, undefined, undefined]];
    for (const metric of ["nominal", "ordinal", "interval", "ratio"] as const)
      expect(krippendorffAlpha(more, metric)).toEqual(krippendorffAlpha(codedUnits, metric));
  });

  it("is 1 where all agree, and 0 or less where nobody does", () => {
    expect(
      krippendorffAlpha([
        [0, 0],
        [1, 1],
      ])?.alpha,
    ).toBe(1);
    expect(
      krippendorffAlpha([
        [0, 1],
        [1, 0],
      ])?.alpha,
    ).toBe(-0.5);
  });

  it("takes the values 0 and 0 of a ratio scale for the same", () => {
    expect(
      krippendorffAlpha(
        [
          [0, 0],
          [1, 2],
        ],
        "ratio",
      )?.alpha,
    ).toBeCloseTo(1 - 3 / 37, 12);
  });

  it.each([
    [
      "no-variation",
      [
        [2, 2],
        [2, 2],
        [2, undefined],
      ],
      "nominal",
    ],
    [
      "no-variation",
      [
        [2, 2],
        [2, 2],
        [3, undefined],
      ],
      "ordinal",
    ],
    [
      "no-pairable-unit",
      [
        [1, undefined],
        [undefined, 2],
      ],
      "nominal",
    ],
    ["no-pairable-unit", [[1], [2]], "nominal"],
    ["no-pairable-unit", [], "interval"],
    [
      "opposite-values",
      [
        [-1, 1],
        [2, 2],
      ],
      "ratio",
    ],
    [
      "opposite-values",
      [
        [1, 1],
        [-1, -1],
      ],
      "ratio",
    ],
  ] as const)("is undefined because of %s", (reason, ratings, metric) => {
    expect(krippendorffAlpha(ratings, metric)).toBeUndefined();
    expect(alphaUndefinedReason(ratings, metric)).toBe(reason);
  });

  it("gives no reason where it is defined", () => {
    expect(alphaUndefinedReason(codedUnits)).toBeUndefined();
  });

  it("refuses a rating that is no number", () => {
    expect(() => krippendorffAlpha([[0, Number.NaN]])).toThrow(RangeError);
  });
});
