import { UserError } from "../../errors.ts";
import { covarianceOf } from "../linear/covarianceOf.ts";
import { maybeInverse } from "../linear/maybeInverse.ts";
import { sandwich } from "../linear/sandwich.ts";
import { checkRows, type RegressionModel, type RegressionRow } from "../regression/regressionRow.ts";
import { jacobianAt, scoreOf } from "../regression/weightedRegression.ts";
import { type WaldTest, waldTest } from "../waldTest.ts";
import { clippedLambda } from "./clippedLambda.ts";

/** Units of a regression whose outcome was predicted for all and coded for some. */
export interface PoweredRegressionUnits {
  /** Covariates with the gold outcome. `[n]` */
  readonly gold: readonly RegressionRow[];
  /** The predicted outcomes of the same units. `[n]` */
  readonly predictedOutcomes: readonly number[];
  /** Covariates of the units that were not coded, with the predicted outcome. `[N]` */
  readonly uncoded: readonly RegressionRow[];
}

export interface PoweredRegressionOptions {
  /** How far predictions are trusted, 0 to 1; tuned to the data unless given. */
  readonly lambda?: number | undefined;
  /** How often lambda is tuned: at the coefficients for lambda 1, then at those for the lambda that was found; 1 unless given. */
  readonly tunings?: number | undefined;
  /** Of the intervals; 0.95 unless given. */
  readonly level?: number | undefined;
}

export interface PoweredCoefficient {
  readonly estimate: number;
  /** undefined, with the test, where nothing varies. */
  readonly standardError: number | undefined;
  readonly test: WaldTest | undefined;
}

export interface PoweredRegression {
  /** `[p]` */
  readonly coefficients: readonly PoweredCoefficient[];
  readonly lambda: number;
}

/** The coefficients for a lambda, by the model's own rule. */
export type PoweredSolution = (units: PoweredRegressionUnits, lambda: number) => readonly number[];

/**
 * What `predictionPoweredOls` and `predictionPoweredLogistic` share: lambda tuned to the least sum of the coefficients' variances
 * (Angelopoulos, Duchi and Zrnic 2023, arXiv:2311.01453, power tuning) and their normal interval, with the Hessian over all units, or
 * over the coded ones for lambda 0. The same lambda serves estimate and interval.
 *
 * @throws UserError where covariates cannot be told apart, or no finite solution exists
 * @throws RangeError for fewer than two coded units, no uncoded ones, or numbers out of range
 */
export function predictionPoweredRegression(
  model: RegressionModel,
  units: PoweredRegressionUnits,
  solve: PoweredSolution,
  { lambda: given, tunings = 1, level = 0.95 }: PoweredRegressionOptions,
): PoweredRegression {
  checkUnits(model, units);
  let lambda = clippedLambda(given ?? 1);
  if (given === undefined) {
    for (let i = 0; i < tunings; i++) lambda = tunedLambda(model, units, solve(units, lambda));
  }
  const estimates = solve(units, lambda);
  const { ofGold, ofPredictions, ofUncoded, bread } = gradientsAt(model, units, estimates, lambda !== 0);
  const n = units.gold.length;
  const corrections = covarianceOf(
    ofGold.map((row, i) => row.map((x, j) => x - lambda * (ofPredictions[i]?.[j] as number))),
  );
  const imputed = lambda === 0 ? undefined : covarianceOf(ofUncoded.map((row) => row.map((x) => lambda * x)));
  const meat = corrections.map((row, i) =>
    row.map((x, j) => x / n + (imputed?.[i]?.[j] ?? 0) / units.uncoded.length),
  );
  const covariance = sandwich(bread, meat);
  return {
    coefficients: estimates.map((estimate, j) => {
      const variance = covariance[j]?.[j] as number;
      const standardError = variance > 0 ? Math.sqrt(variance) : undefined;
      return { estimate, standardError, test: waldTest(estimate, standardError, level) };
    }),
    lambda,
  };
}

function tunedLambda(
  model: RegressionModel,
  units: PoweredRegressionUnits,
  estimates: readonly number[],
): number {
  const { ofGold, ofPredictions, ofUncoded, bread } = gradientsAt(model, units, estimates, true);
  const shared = traceOf(sandwich(bread, covarianceOf(ofGold, ofPredictions, 0)));
  const spread = traceOf(sandwich(bread, covarianceOf([...ofPredictions, ...ofUncoded])));
  if (spread === 0) return 0;
  return clippedLambda(shared / ((1 + units.gold.length / units.uncoded.length) * spread));
}

/** The units' gradients `[n, p]`, `[n, p]`, `[N, p]` and the inverse of the mean Hessian `[p, p]`. */
function gradientsAt(
  model: RegressionModel,
  { gold, predictedOutcomes, uncoded }: PoweredRegressionUnits,
  estimates: readonly number[],
  usesUncoded: boolean,
) {
  const rows = usesUncoded ? [...gold, ...uncoded] : gold;
  const hessian = jacobianAt(
    model,
    rows.map((row) => ({ ...row, weight: 1 / rows.length })),
    estimates,
  );
  const bread = maybeInverse(hessian);
  if (bread === undefined)
    throw new UserError("regression: its covariates cannot be told apart", {
      hint: "leave out covariates that others add up to, or code more images",
    });
  return {
    ofGold: gold.map((row) => scoreOf(model, row, estimates)),
    ofPredictions: gold.map(({ covariates }, i) =>
      scoreOf(model, { covariates, outcome: predictedOutcomes[i] as number }, estimates),
    ),
    ofUncoded: uncoded.map((row) => scoreOf(model, row, estimates)),
    bread,
  };
}

function checkUnits(
  model: RegressionModel,
  { gold, predictedOutcomes, uncoded }: PoweredRegressionUnits,
): void {
  if (gold.length < 2 || uncoded.length < 2 || predictedOutcomes.length !== gold.length)
    throw new RangeError("two coded units with their predictions, and two uncoded ones, are needed");
  const size = gold[0]?.covariates.length ?? 0;
  checkRows(model, gold, size);
  checkRows(model, uncoded, size);
  checkRows(
    model,
    gold.map(({ covariates }, i) => ({ covariates, outcome: predictedOutcomes[i] as number })),
    size,
  );
}

function traceOf(matrix: readonly (readonly number[])[]): number {
  return matrix.reduce((sum, row, j) => sum + (row[j] as number), 0);
}
