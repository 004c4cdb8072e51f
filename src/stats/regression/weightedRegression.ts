import { UserError } from "../../errors.ts";
import { maybeInverse } from "../linear/maybeInverse.ts";
import { product } from "../linear/product.ts";
import { timesVector } from "../linear/timesVector.ts";
import type { RegressionModel, RegressionRow } from "./regressionRow.ts";

/** One row's part in a regression; a negative weight takes it away. */
export interface WeightedRow extends RegressionRow {
  readonly weight: number;
}

/** Newton's method doubles its digits with each step; a regression that has not settled by then has no solution. */
const mostSteps = 100;

/** A logit that leaves one in 10^13 to the other outcome: no data show that, a separation does. */
const largestLogit = 30;

/**
 * The coefficients at which the weighted score `sum w x (y - mean(x))` is 0: weighted least squares, or weighted logistic regression by
 * Newton's method from 0, each step halved until the next would be shorter (Deuflhard 2004, "Newton Methods for Nonlinear Problems", chapter 3). Outcomes of a logistic regression may be shares between 0 and 1.
 *
 * @returns `[p]`
 * @throws UserError where columns of the covariates repeat one another, or a logistic regression has no finite solution because
 * a covariate separates the outcomes
 * @throws RangeError for no rows, or rows of different lengths
 */
export function weightedRegression(model: RegressionModel, rows: readonly WeightedRow[]): readonly number[] {
  const size = rows[0]?.covariates.length ?? 0;
  if (size === 0 || rows.some(({ covariates }) => covariates.length !== size))
    throw new RangeError("a regression needs rows with the same number of covariates, at least one");
  const used = rows.filter(({ weight }) => weight !== 0);
  let coefficients: readonly number[] = new Array<number>(size).fill(0);
  let score = scoreAt(model, used, coefficients);
  for (let step = 0; step < mostSteps; step++) {
    const inverse = maybeInverse(jacobianAt(model, used, coefficients));
    if (inverse === undefined) throw step === 0 ? singular() : separated();
    const change = timesVector(inverse, score);
    if (model === "linear") return coefficients.map((x, j) => x + (change[j] as number));
    const next = smallerScore(used, coefficients, change, inverse);
    if (next === undefined && isSettled(coefficients, change, 1e-8)) return coefficients;
    if (next === undefined) throw separated();
    coefficients = next;
    score = scoreAt(model, used, coefficients);
    if (used.some(({ covariates }) => Math.abs(product(covariates, next)) > largestLogit)) throw separated();
    if (isSettled(coefficients, change, 1e-13)) return coefficients;
  }
  throw separated();
}

/** Minus the score's derivative: `sum w x x'`, for logistic regression times `mean (1 - mean)`. `[p, p]` */
export function jacobianAt(
  model: RegressionModel,
  rows: readonly WeightedRow[],
  coefficients: readonly number[],
): readonly (readonly number[])[] {
  const sums = coefficients.map(() => coefficients.map(() => 0));
  for (const { covariates, weight } of rows) {
    const factor = weight * slopeAt(model, covariates, coefficients);
    for (let j = 0; j < sums.length; j++) {
      const row = sums[j] as number[];
      const scaled = factor * (covariates[j] as number);
      for (let k = 0; k < row.length; k++) row[k] = (row[k] as number) + scaled * (covariates[k] as number);
    }
  }
  return sums;
}

/** A row's part of the score before its weight: `x (y - mean(x))`. `[p]` */
export function scoreOf(
  model: RegressionModel,
  { covariates, outcome }: RegressionRow,
  coefficients: readonly number[],
): readonly number[] {
  const residual = residualAt(model, covariates, outcome, coefficients);
  return covariates.map((x) => x * residual);
}

function residualAt(
  model: RegressionModel,
  covariates: readonly number[],
  outcome: number,
  coefficients: readonly number[],
): number {
  const linear = product(covariates, coefficients);
  return outcome - (model === "linear" ? linear : logistic(linear));
}

function slopeAt(
  model: RegressionModel,
  covariates: readonly number[],
  coefficients: readonly number[],
): number {
  if (model === "linear") return 1;
  const mean = logistic(product(covariates, coefficients));
  return mean * (1 - mean);
}

function scoreAt(
  model: RegressionModel,
  rows: readonly WeightedRow[],
  coefficients: readonly number[],
): readonly number[] {
  const sums = coefficients.map(() => 0);
  // Without a vector for each of what may be millions of rows.
  for (const { covariates, outcome, weight } of rows) {
    const residual = residualAt(model, covariates, outcome, coefficients);
    for (let j = 0; j < sums.length; j++)
      sums[j] = (sums[j] as number) + weight * ((covariates[j] as number) * residual);
  }
  return sums;
}

/** The first of the halved steps after which a Newton step with the same Jacobian would be shorter; undefined where none is. */
function smallerScore(
  rows: readonly WeightedRow[],
  coefficients: readonly number[],
  change: readonly number[],
  inverse: readonly (readonly number[])[],
): readonly number[] | undefined {
  for (let length = 1; length > 1e-10; length /= 2) {
    const next = coefficients.map((x, j) => x + length * (change[j] as number));
    const nextChange = timesVector(inverse, scoreAt("logistic", rows, next));
    if (Math.hypot(...nextChange) < Math.hypot(...change)) return next;
  }
  return undefined;
}

function isSettled(coefficients: readonly number[], change: readonly number[], within: number): boolean {
  return coefficients.every((x, j) => Math.abs(change[j] as number) <= within * Math.max(1, Math.abs(x)));
}

function logistic(x: number): number {
  return x >= 0 ? 1 / (1 + Math.exp(-x)) : Math.exp(x) / (1 + Math.exp(x));
}

function singular(): UserError {
  return new UserError("regression: its covariates cannot be told apart", {
    hint: "leave out a covariate that is constant beside the intercept, or that others add up to; or code more images",
  });
}

function separated(): UserError {
  return new UserError("logistic regression: there is no finite solution", {
    hint: "a covariate separates the outcomes, or too few images are coded: leave the covariate out, join its groups, code more images, or use a linear model",
  });
}
