import { weightedRegression } from "../regression/weightedRegression.ts";
import {
  type PoweredRegression,
  type PoweredRegressionOptions,
  type PoweredRegressionUnits,
  predictionPoweredRegression,
} from "./predictionPoweredRegression.ts";

/**
 * Prediction-powered linear regression (PPI: Angelopoulos et al. 2023, Science 382, algorithm 4; PPI++: Angelopoulos, Duchi and Zrnic
 * 2023, arXiv:2311.01453): least squares of lambda times the predictions on the uncoded units, plus least squares of what these lack
 * of the gold standard on the coded ones. The coded units have to be a simple random sample. One lambda serves estimate and interval.
 *
 * @throws UserError where covariates cannot be told apart
 * @throws RangeError for fewer than two coded or uncoded units, or numbers that are not finite
 */
export function predictionPoweredOls(
  units: PoweredRegressionUnits,
  options: PoweredRegressionOptions = {},
): PoweredRegression {
  return predictionPoweredRegression("linear", units, solve, options);
}

function solve(
  { gold, predictedOutcomes, uncoded }: PoweredRegressionUnits,
  lambda: number,
): readonly number[] {
  const imputed = weightedRegression(
    "linear",
    uncoded.map(({ covariates, outcome }) => ({ covariates, outcome: lambda * outcome, weight: 1 })),
  );
  return weightedRegression(
    "linear",
    gold.map(({ covariates, outcome }, i) => ({
      covariates,
      outcome: outcome - lambda * (predictedOutcomes[i] as number),
      weight: 1,
    })),
  ).map((x, j) => x + (imputed[j] as number));
}
