import { describe, expect, it } from "vitest";
import { cohenKappa, cohenKappaTest } from "../../src/stats/cohenKappa.ts";
import { crossTable } from "../../src/stats/crossTable.ts";

// The second coder gave the last category twice at most, the first one never.
const table = [
  [22, 3, 1, 0],
  [4, 15, 5, 0],
  [2, 3, 12, 1],
  [0, 0, 0, 0],
];

describe("cohenKappa", () => {
  // Python 3 with numpy 2.4.6 and scipy 1.17.1: kappa differentiated numerically by each cell of the observed table, and of the table that
  // chance gives.
  it.each([
    ["unweighted", 0.5788787483702738, 0.08048689121059632, 0.08484407920016891, 8.924947362485893e-12],
    ["linear", 0.6365403304178815, 0.07529561837615507, 0.0942597213335146, 1.4477199482292821e-11],
    ["quadratic", 0.6960408684546608, 0.07963892108167231, 0.12101030273765868, 8.823862612123153e-9],
  ] as const)(
    "equals a numerical derivative, %s",
    (weights, kappa, standardError, nullStandardError, pValue) => {
      const ours = cohenKappa(table, { weights });
      expect(ours?.kappa).toBeCloseTo(kappa, 12);
      expect(ours?.standardError).toBeCloseTo(standardError, 8);
      expect(ours?.interval?.low).toBeCloseTo(kappa - 1.959963984540054 * standardError, 8);
      expect(ours?.units).toBe(68);
      const test = cohenKappaTest(table, { weights });
      expect(test?.nullStandardError).toBeCloseTo(nullStandardError, 8);
      expect((test?.pValue ?? 1) / pValue).toBeCloseTo(1, 5);
    },
  );

  it("takes own weights, of which the linear ones are a case", () => {
    const weights = table.map((row, first) => row.map((_, second) => 1 - Math.abs(first - second) / 3));
    const linear = cohenKappa(table, { weights: "linear" });
    expect(cohenKappa(table, { weights })?.kappa).toBeCloseTo(linear?.kappa ?? 0, 12);
    expect(cohenKappa(table, { weights })?.standardError).toBeCloseTo(linear?.standardError ?? 0, 12);
  });

  it("keeps the place of a level that nobody used", () => {
    const gap = [
      [5, 0, 1],
      [0, 0, 0],
      [2, 0, 5],
    ];
    const closed = [
      [5, 1],
      [2, 5],
    ];
    expect(cohenKappa(gap)?.kappa).toBe(cohenKappa(closed)?.kappa);
    const apart = (level: number) => [
      [5, 0, 1],
      [0, level, 0],
      [2, 0, 5],
    ];
    expect(cohenKappa(apart(3), { weights: "linear" })?.kappa).not.toBeCloseTo(
      cohenKappa(apart(3), { weights: "quadratic" })?.kappa ?? 0,
      3,
    );
  });

  it("is undefined where both coders gave one and the same category, or nothing was coded", () => {
    expect(
      cohenKappa([
        [9, 0],
        [0, 0],
      ]),
    ).toBeUndefined();
    expect(
      cohenKappaTest([
        [9, 0],
        [0, 0],
      ]),
    ).toBeUndefined();
    expect(
      cohenKappa([
        [0, 0],
        [0, 0],
      ]),
    ).toBeUndefined();
    expect(cohenKappa([])).toBeUndefined();
  });

  it("is 0 without an interval or a test where one coder is constant", () => {
    const constant = [
      [5, 0],
      [3, 0],
    ];
    expect(cohenKappa(constant)).toMatchObject({ kappa: 0, interval: undefined });
    expect(cohenKappaTest(constant)).toBeUndefined();
  });

  it("is 1 without an interval where both agree always", () => {
    expect(
      cohenKappa([
        [5, 0],
        [0, 3],
      ]),
    ).toMatchObject({ kappa: 1, interval: undefined });
  });

  it("refuses a table that is not square, negative counts and crooked weights", () => {
    expect(() => cohenKappa([[1, 2]])).toThrow(RangeError);
    expect(() =>
      cohenKappa([
        [1, -2],
        [0, 1],
      ]),
    ).toThrow(RangeError);
    expect(() =>
      cohenKappa(
        [
          [1, 2],
          [0, 1],
        ],
        {
          weights: [
            [1, 0],
            [0, 0.5],
          ],
        },
      ),
    ).toThrow(RangeError);
    expect(() =>
      cohenKappa(
        [
          [1, 2],
          [0, 1],
        ],
        { weights: [[1]] },
      ),
    ).toThrow(RangeError);
  });
});

describe("crossTable", () => {
  it("counts pairs and leaves out units that lack a label", () => {
    expect(crossTable([0, 1, undefined, 1, 1], [0, 0, 1, 1, undefined], 3)).toEqual([
      [1, 0, 0],
      [1, 1, 0],
      [0, 0, 0],
    ]);
  });

  it("refuses labels outside the codebook and columns of different lengths", () => {
    expect(() => crossTable([0, 3], [0, 1], 3)).toThrow(RangeError);
    expect(() => crossTable([0, 1], [0, 3], 3)).toThrow(RangeError);
    expect(() => crossTable([0], [0, 1], 3)).toThrow(RangeError);
  });
});
