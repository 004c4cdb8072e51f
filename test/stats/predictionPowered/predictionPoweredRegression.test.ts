import { describe, expect, it } from "vitest";
import { UserError } from "../../../src/errors.ts";
import { ppiPower } from "../../../src/stats/predictionPowered/ppiPower.ts";
import { predictionPoweredLogistic } from "../../../src/stats/predictionPowered/predictionPoweredLogistic.ts";
import { predictionPoweredOls } from "../../../src/stats/predictionPowered/predictionPoweredOls.ts";

const xs = [-2, -1, 0, 1, 2, 3];
const rows = (outcomes: readonly number[]) =>
  outcomes.map((outcome, i) => ({ covariates: [1, xs[i] as number], outcome }));

describe("prediction-powered regressions", () => {
  it("end with an error where a covariate separates the outcomes", () => {
    const separated = rows([0, 0, 0, 1, 1, 1]);
    expect(() =>
      predictionPoweredLogistic(
        { gold: separated, predictedOutcomes: [0, 0, 0, 1, 1, 1], uncoded: separated },
        { lambda: 0 },
      ),
    ).toThrow(UserError);
  });

  it("end with an error where covariates repeat one another", () => {
    const twice = rows([0, 1, 0, 1, 0, 1]).map((row) => ({ ...row, covariates: [1, 1] }));
    expect(() =>
      predictionPoweredOls({ gold: twice, predictedOutcomes: [0, 1, 0, 1, 0, 1], uncoded: twice }),
    ).toThrow(UserError);
  });

  it("clip lambda to 0 for predictions against the codes, and are then the regression of the coded units", () => {
    const gold = rows([0, 1, 0, 1, 0, 1]);
    const { lambda, coefficients } = predictionPoweredOls({
      gold,
      predictedOutcomes: [1, 0, 1, 0, 1, 0],
      uncoded: rows([1, 0, 1, 0, 1, 0]),
    });
    expect(lambda).toBe(0);
    // numpy 2.4.6: 16/35, 3/35
    expect(coefficients[0]?.estimate).toBeCloseTo(16 / 35, 12);
    expect(coefficients[1]?.estimate).toBeCloseTo(3 / 35, 12);
  });

  it("refuse a single coded unit", () => {
    const gold = rows([1]);
    expect(() => predictionPoweredOls({ gold, predictedOutcomes: [1], uncoded: rows([0, 1]) })).toThrow(
      RangeError,
    );
  });
});

describe("ppiPower", () => {
  it("codes all images for predictions that say nothing", () => {
    const plan = ppiPower(0, { image: 0, code: 2, prediction: 1 }, { budget: 100 });
    expect(plan).toEqual({ coded: 50, uncoded: 0, cost: 100, effectiveSize: 50 });
  });

  it("refuses predictions that cost nothing, and a perfect correlation", () => {
    expect(() => ppiPower(0.5, { image: 0, code: 2, prediction: 0 }, { budget: 1 })).toThrow(RangeError);
    expect(() => ppiPower(1, { image: 0, code: 2, prediction: 1 }, { budget: 1 })).toThrow(RangeError);
  });
});
