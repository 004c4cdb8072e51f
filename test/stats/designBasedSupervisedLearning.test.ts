import { describe, expect, it } from "vitest";
import { UserError } from "../../src/errors.ts";
import {
  designBasedSupervisedLearning,
  type SupervisedUnits,
} from "../../src/stats/designBasedSupervisedLearning.ts";
import { dslPower } from "../../src/stats/dslPower.ts";

const outcomes = [0, 1, 0, 1, 1, 0, 1, 0];
const units: SupervisedUnits = {
  model: "linear",
  predicted: [0, 1, 1, 1, 0, 0, 1, 0].map((outcome) => ({ covariates: [1], outcome })),
  gold: outcomes.map((outcome, i) => (i % 2 === 0 ? { covariates: [1], outcome } : undefined)),
  probabilities: outcomes.map(() => 0.5),
};

describe("designBasedSupervisedLearning", () => {
  it("is the predictions' mean plus the weighted mean of the coded units' errors", () => {
    const fit = designBasedSupervisedLearning(units);
    // Coded 0 0 1 1 against predicted 0 1 0 1: the two errors cancel.
    expect(fit.coefficients[0]?.estimate).toBeCloseTo(0.5, 12);
    expect(fit.goldSize).toBe(4);
    // m = prediction + 2 (gold - prediction) - 0.5: by hand -0.5 0.5 -1.5 0.5 1.5 -0.5 0.5 -0.5
    expect(fit.coefficients[0]?.standardError).toBeCloseTo(Math.sqrt(6 / 64), 12);
  });

  it("equals the ordinary regression when everything is coded", () => {
    // numpy 2.4.6: solve(X'X, X'y)
    const xs = [-2, -1, 0, 1, 2, 3];
    const ys = [0, 1, 0, 1, 0, 1];
    const rows = xs.map((x, i) => ({ covariates: [1, x], outcome: ys[i] as number }));
    const { coefficients } = designBasedSupervisedLearning({
      model: "linear",
      predicted: rows.map((row) => ({ ...row, outcome: 1 - row.outcome })),
      gold: rows,
      probabilities: rows.map(() => 1),
    });
    expect(coefficients.map(({ estimate }) => estimate)[0]).toBeCloseTo(0.45714285714285713, 12);
    expect(coefficients.map(({ estimate }) => estimate)[1]).toBeCloseTo(0.08571428571428572, 12);
  });

  it("refuses units that could not have been drawn, and a study without codes", () => {
    expect(() => designBasedSupervisedLearning({ ...units, probabilities: outcomes.map(() => 0) })).toThrow(
      UserError,
    );
    expect(() => designBasedSupervisedLearning({ ...units, gold: outcomes.map(() => undefined) })).toThrow(
      UserError,
    );
    expect(() => designBasedSupervisedLearning({ ...units, probabilities: outcomes.map(() => 1.5) })).toThrow(
      RangeError,
    );
    expect(() => designBasedSupervisedLearning({ ...units, clusters: ["a"] })).toThrow(RangeError);
  });

  it("has no standard error with a single cluster, and then no planning", () => {
    const fit = designBasedSupervisedLearning({ ...units, clusters: outcomes.map(() => "a") });
    expect(fit.coefficients[0]?.estimate).toBeCloseTo(0.5, 12);
    expect(fit.coefficients[0]?.standardError).toBeUndefined();
    expect(fit.coefficients[0]?.test).toBeUndefined();
    expect(fit.covariance).toBeUndefined();
    expect(dslPower(fit, [10])).toEqual([[]]);
  });

  it("has no standard error where nothing varies", () => {
    const ones = outcomes.map(() => ({ covariates: [1], outcome: 1 }));
    const fit = designBasedSupervisedLearning({ ...units, predicted: ones, gold: ones });
    expect(fit.coefficients[0]).toEqual({ estimate: 1, standardError: undefined, test: undefined });
  });

  it("says so when a covariate separates the outcomes, or repeats another", () => {
    const rows = [1, 2, 3, 4, 5, 6].map((x) => ({ covariates: [1, x], outcome: x > 3 ? 1 : 0 }));
    const separated: SupervisedUnits = {
      model: "logistic",
      predicted: rows,
      gold: rows,
      probabilities: rows.map(() => 1),
    };
    expect(() => designBasedSupervisedLearning(separated)).toThrow("no finite solution");
    const twice = rows.map(({ covariates, outcome }) => ({ covariates: [...covariates, 2], outcome }));
    expect(() => designBasedSupervisedLearning({ ...separated, predicted: twice, gold: twice })).toThrow(
      "cannot be told apart",
    );
  });

  it("plans the present standard error for the present size, and a smaller one for more", () => {
    const fit = designBasedSupervisedLearning(units);
    const [[now], [more]] = dslPower(fit, [4, 8]) as [[number], [number]];
    expect(now).toBeCloseTo(fit.coefficients[0]?.standardError as number, 12);
    expect(more).toBeLessThan(now);
    expect(() => dslPower(fit, [0])).toThrow(RangeError);
  });

  it("scales the probabilities to the number of coded units when asked", () => {
    const fit = designBasedSupervisedLearning(
      { ...units, probabilities: outcomes.map(() => 0.25) },
      { rescalesProbabilities: true },
    );
    expect(fit.probabilityFactor).toBe(2);
    expect(fit.coefficients[0]?.standardError).toBeCloseTo(Math.sqrt(6 / 64), 12);
  });
});
