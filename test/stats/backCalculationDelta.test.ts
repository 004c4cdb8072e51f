import { describe, expect, it } from "vitest";
import { UserError } from "../../src/errors.ts";
import { backCalculationDelta } from "../../src/stats/backCalculationDelta.ts";
import { roganGladenDelta } from "../../src/stats/roganGladen.ts";

const counts = [
  [80, 10, 10],
  [6, 40, 4],
  [3, 9, 60],
];
const predicted = [520, 260, 220];

describe("backCalculationDelta", () => {
  // numpy 2.4.6: numerical derivatives of numpy.linalg.solve by every cell and every predicted share.
  it("has the shares and standard errors that numpy finds, of counts and of weighted cells", () => {
    const plain = backCalculationDelta({ counts, predicted });
    expect(plain.raw).toEqual([
      expect.closeTo(0.6077846253649043, 8),
      expect.closeTo(0.22251054168018164, 8),
      expect.closeTo(0.16970483295491404, 8),
    ]);
    expect(plain.standardErrors).toEqual([
      expect.closeTo(0.043439931751367344, 8),
      expect.closeTo(0.038859243708234216, 8),
      expect.closeTo(0.033967946071299264, 8),
    ]);
    const weighted = [
      [0.5, 0.02, 0.05],
      [0.03, 0.1, 0.03],
      [0.02, 0.03, 0.22],
    ];
    const drawn = backCalculationDelta({ counts, weighted, predicted });
    expect(drawn.raw).toEqual([
      expect.closeTo(0.5037975903614458, 8),
      expect.closeTo(0.3642602409638554, 8),
      expect.closeTo(0.13194216867469877, 8),
    ]);
    expect(drawn.standardErrors).toEqual([
      expect.closeTo(0.04524025012002041, 8),
      expect.closeTo(0.06320138513486064, 8),
      expect.closeTo(0.05422310733860521, 8),
    ]);
    expect(drawn.predictedGivenTrue[0]?.[1]).toBeCloseTo(0.03 / 0.16, 12);
  });

  // A parametric bootstrap of 40,000 draws in numpy 2.4.6.
  it("agrees with a bootstrap of the multinomials", () => {
    const { standardErrors } = backCalculationDelta({ counts, predicted });
    const drawn = [0.04447199, 0.04006198, 0.03461673];
    for (const [k, error] of drawn.entries())
      expect(Math.abs((standardErrors[k] as number) / error - 1)).toBeLessThan(0.05);
  });

  it("is Rogan and Gladen's for two categories", () => {
    const { raw, standardErrors, intervals } = backCalculationDelta({
      counts: [
        [88, 12],
        [20, 180],
      ],
      predicted: [330, 670],
    });
    const rogan = roganGladenDelta({
      predictedPositive: 330,
      size: 1000,
      truePositives: 88,
      goldPositives: 100,
      trueNegatives: 180,
      goldNegatives: 200,
    });
    expect(raw[0]).toBeCloseTo(rogan.raw, 12);
    expect(standardErrors[0]).toBeCloseTo(rogan.standardError as number, 12);
    expect(intervals[0]?.low).toBeCloseTo(rogan.interval?.low as number, 12);
  });

  it("refuses two categories predicted no better than by guessing, and a category that nobody coded", () => {
    const worse = [
      [10, 90],
      [90, 10],
    ];
    expect(() => backCalculationDelta({ counts: worse, predicted: [50, 50] })).toThrow(UserError);
    const empty = [
      [10, 1],
      [0, 0],
    ];
    expect(() => backCalculationDelta({ counts: empty, predicted: [50, 50] })).toThrow(UserError);
    expect(() => backCalculationDelta({ counts, predicted: [0, 0, 0] })).toThrow(RangeError);
    expect(() => backCalculationDelta({ counts, predicted: [1, 2] })).toThrow(RangeError);
  });

  it("has no interval where nothing varies, rather than one without width", () => {
    const right = [
      [9, 0],
      [0, 9],
    ];
    const { raw, intervals } = backCalculationDelta({ counts: right, predicted: [10, 0] });
    expect(raw).toEqual([1, 0]);
    expect(intervals).toEqual([undefined, undefined]);
  });
});
