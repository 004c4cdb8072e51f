import { describe, expect, it } from "vitest";
import { UserError } from "../../../src/errors.ts";
import { weightedRegression } from "../../../src/stats/regression/weightedRegression.ts";

const xs = [-2, -1, 0, 1, 2, 3];
const ys = [0, 1, 0, 1, 0, 1];
const weights = [1, 2, 1, 0.5, 1, 3];
const rows = xs.map((x, i) => ({
  covariates: [1, x],
  outcome: ys[i] as number,
  weight: weights[i] as number,
}));

describe("weightedRegression", () => {
  it("equals numpy's weighted least squares", () => {
    // numpy 2.4.6: solve(X'WX, X'Wy) = 4/7, 3/35
    const [intercept, slope] = weightedRegression("linear", rows) as [number, number];
    expect(intercept).toBeCloseTo(4 / 7, 12);
    expect(slope).toBeCloseTo(3 / 35, 12);
  });

  it("equals scipy's minimum of the weighted logistic loss", () => {
    // scipy 1.17.1 minimize(BFGS)
    const [intercept, slope] = weightedRegression("logistic", rows) as [number, number];
    expect(intercept).toBeCloseTo(0.33688416, 6);
    expect(slope).toBeCloseTo(0.39703043, 6);
  });

  it("is the same for covariates of any scale", () => {
    const years = rows.map((row) => ({ ...row, covariates: [1, 2020 + (row.covariates[1] as number)] }));
    expect(weightedRegression("logistic", years)[1]).toBeCloseTo(0.39703043, 6);
  });

  it.each([
    ["complete", [0, 0, 0, 1, 1, 1]],
    ["of one side only", [0, 0, 0, 0, 0, 0]],
    ["quasi-complete", [0, 0, 0, 1, 1, 1, 0]],
  ])("ends with an error for a separation that is %s", (_, outcomes) => {
    const places = [-2, -1, 0, 0.5, 1, 2, 0.5];
    const separated = outcomes.map((outcome, i) => ({
      covariates: [1, places[i] as number],
      outcome,
      weight: 1,
    }));
    expect(() => weightedRegression("logistic", separated)).toThrow(UserError);
  });

  it("refuses no rows and rows of different lengths", () => {
    expect(() => weightedRegression("linear", [])).toThrow(RangeError);
    expect(() => weightedRegression("linear", [...rows, { covariates: [1], outcome: 0, weight: 1 }])).toThrow(
      RangeError,
    );
  });
});
