import { normalQuantile } from "../distributions/normal.ts";
import { covarianceOf } from "../linear/covarianceOf.ts";
import type { Interval } from "../wilsonInterval.ts";
import { clippedLambda } from "./clippedLambda.ts";

/** Values whose means are wanted, such as one indicator per category. */
export interface PoweredUnits {
  /** The gold standard of the coded units. `[n, K]` */
  readonly gold: readonly (readonly number[])[];
  /** Predictions for the same units. `[n, K]` */
  readonly predicted: readonly (readonly number[])[];
  /** Predictions for all units that were not coded. `[N, K]` */
  readonly uncoded: readonly (readonly number[])[];
  /** Weights of the coded units, of any scale; all alike unless given. `[n]` */
  readonly weights?: readonly number[] | undefined;
}

export interface PoweredOptions {
  /** How far predictions are trusted, 0 (not at all) to 1 (PPI); tuned to the data unless given (PPI++). */
  readonly lambda?: number | undefined;
  /** Of the intervals; 0.95 unless given. */
  readonly level?: number | undefined;
}

export interface PoweredMean {
  readonly estimate: number;
  /** undefined for a single coded unit. */
  readonly standardError: number | undefined;
  readonly interval: Interval | undefined;
}

export interface PoweredMeans {
  /** `[K]` */
  readonly means: readonly PoweredMean[];
  /** The one that was used for all K. */
  readonly lambda: number;
  /** As tuned, before it was clipped to 0..1; undefined where it was given, or predictions do not vary. */
  readonly rawLambda: number | undefined;
}

/**
 * Prediction-powered means (PPI: Angelopoulos et al. 2023, Science 382, algorithm 1; PPI++: Angelopoulos, Duchi and Zrnic 2023,
 * arXiv:2311.01453): `lambda mean(prediction) + mean(gold - lambda prediction)`, with the normal interval of `lambda^2
 * var(prediction) / N + var(gold - lambda prediction) / n`, variances over n. One lambda, computed once, serves all K columns, by the
 * sums of their covariances and variances, so that shares add up to 1. The coded units have to be a simple random sample of
 * the population; with weights (scaled to the mean 1 and taken as fixed, as the Python package ppi_py does) the interval is no
 * design-based one: after a stratified sample use post-stratified shares instead.
 *
 * @throws RangeError for no coded or uncoded units, rows of different lengths, weights that are not positive, or a lambda outside 0..1
 */
export function predictionPoweredMean(
  { gold, predicted, uncoded, weights }: PoweredUnits,
  { lambda: given, level = 0.95 }: PoweredOptions = {},
): PoweredMeans {
  const n = gold.length;
  const size = gold[0]?.length ?? 0;
  if (size === 0 || uncoded.length === 0 || predicted.length !== n || (weights?.length ?? n) !== n)
    throw new RangeError("coded units with as many predictions and weights, and uncoded units, are needed");
  if ([...gold, ...predicted, ...uncoded].some((row) => row.length !== size || !row.every(Number.isFinite)))
    throw new RangeError(`rows of ${size} finite numbers are needed`);
  if (weights !== undefined && !weights.every((weight) => weight > 0 && Number.isFinite(weight)))
    throw new RangeError("weights are positive");
  const scale = n / (weights ?? gold.map(() => 1)).reduce((sum, weight) => sum + weight, 0);
  const weighted = (rows: readonly (readonly number[])[]) =>
    rows.map((row, i) => row.map((x) => x * (weights?.[i] ?? 1) * scale));
  const goldRows = weighted(gold);
  const predictedRows = weighted(predicted);
  const rawLambda = given === undefined ? tunedLambda(goldRows, predictedRows, uncoded) : undefined;
  const lambda = clippedLambda(given ?? rawLambda ?? 0);
  const quantile = normalQuantile((1 + level) / 2);
  const means = gold[0]?.map((_, k): PoweredMean => {
    const predictions = uncoded.map((row) => lambda * (row[k] as number));
    const corrections = goldRows.map(
      (row, i) => (row[k] as number) - lambda * (predictedRows[i]?.[k] as number),
    );
    const estimate = meanOf(predictions) + meanOf(corrections);
    if (n < 2) return { estimate, standardError: undefined, interval: undefined };
    const variance = varianceOf(predictions) / uncoded.length + varianceOf(corrections) / n;
    const half = quantile * Math.sqrt(variance);
    // No variance in a few coded units does not mean that there is none.
    return variance === 0
      ? { estimate, standardError: undefined, interval: undefined }
      : {
          estimate,
          standardError: Math.sqrt(variance),
          interval: { low: estimate - half, high: estimate + half },
        };
  });
  return { means: means ?? [], lambda, rawLambda };
}

/** `sum_k cov(gold, prediction) / ((1 + n / N) sum_k var(prediction))`, the variance over all units. */
function tunedLambda(
  gold: readonly (readonly number[])[],
  predicted: readonly (readonly number[])[],
  uncoded: readonly (readonly number[])[],
): number | undefined {
  const traceOf = (matrix: readonly (readonly number[])[]) =>
    matrix.reduce((sum, row, k) => sum + (row[k] as number), 0);
  const spread = traceOf(covarianceOf([...predicted, ...uncoded]));
  if (spread === 0) return undefined;
  return traceOf(covarianceOf(gold, predicted, 0)) / ((1 + gold.length / uncoded.length) * spread);
}

function meanOf(values: readonly number[]): number {
  return values.reduce((sum, x) => sum + x, 0) / values.length;
}

function varianceOf(values: readonly number[]): number {
  const mean = meanOf(values);
  return values.reduce((sum, x) => sum + (x - mean) ** 2, 0) / values.length;
}
