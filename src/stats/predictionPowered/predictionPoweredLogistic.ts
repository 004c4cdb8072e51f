import { weightedRegression } from "../regression/weightedRegression.ts";
import {
  type PoweredRegression,
  type PoweredRegressionOptions,
  type PoweredRegressionUnits,
  predictionPoweredRegression,
} from "./predictionPoweredRegression.ts";

/**
 * Prediction-powered logistic regression (PPI++: Angelopoulos, Duchi and Zrnic 2023, arXiv:2311.01453). The coded
 * units have to be a simple random sample. The Python package ppi_py tunes lambda once for the estimate and twice for the interval, which is
 * then not centred on the estimate; here one lambda serves both.
 *
 * @throws UserError where covariates cannot be told apart, or separate the outcomes
 * @throws RangeError for fewer than two coded or uncoded units, or outcomes outside 0..1
 */
export function predictionPoweredLogistic(
  units: PoweredRegressionUnits,
  options: PoweredRegressionOptions = {},
): PoweredRegression {
  return predictionPoweredRegression("logistic", units, solve, options);
}

/** Rows that add up to `lambda mean_uncoded(prediction) - lambda mean_coded(prediction) + mean_coded(gold)` of their scores. */
function solve(
  { gold, predictedOutcomes, uncoded }: PoweredRegressionUnits,
  lambda: number,
): readonly number[] {
  const n = gold.length;
  return weightedRegression("logistic", [
    ...gold.map((row) => ({ ...row, weight: 1 / n })),
    ...gold.map(({ covariates }, i) => ({
      covariates,
      outcome: predictedOutcomes[i] as number,
      weight: -lambda / n,
    })),
    ...uncoded.map((row) => ({ ...row, weight: lambda / uncoded.length })),
  ]);
}
