import { UserError } from "../errors.ts";
import { maybeInverse } from "./linear/maybeInverse.ts";
import { outerProducts } from "./linear/outerProducts.ts";
import { sandwich } from "./linear/sandwich.ts";
import { checkRows, type RegressionModel, type RegressionRow } from "./regression/regressionRow.ts";
import {
  jacobianAt,
  scoreOf,
  type WeightedRow,
  weightedRegression,
} from "./regression/weightedRegression.ts";
import { type WaldTest, waldTest } from "./waldTest.ts";

/** Units of a study with what the model says of them, and of the coded ones what the coders say. */
export interface SupervisedUnits {
  readonly model: RegressionModel;
  /** `[N]`; what was predicted may be the outcome, covariates, or both. */
  readonly predicted: readonly RegressionRow[];
  /** The same rows with the gold standard in place of predictions; undefined for a unit that was not coded. `[N]` */
  readonly gold: readonly (RegressionRow | undefined)[];
  /** Each unit's known probability of being coded, above 0 and at most 1. `[N]` */
  readonly probabilities: readonly number[];
  /** Which units vary together, such as an account's; each its own unless given. `[N]` */
  readonly clusters?: readonly (string | number)[] | undefined;
}

export interface SupervisedOptions {
  /** Scale the probabilities so that their sum is the number of coded units, as R's dsl does. */
  readonly rescalesProbabilities?: boolean | undefined;
  /** Of the intervals; 0.95 unless given. */
  readonly level?: number | undefined;
}

/** A coefficient; its standard error and test are undefined with a single unit or cluster, and where nothing varies. */
export interface SupervisedCoefficient {
  readonly estimate: number;
  readonly standardError: number | undefined;
  readonly test: WaldTest | undefined;
}

/** A regression that is right for the gold standard though most of its rows are predictions. */
export interface SupervisedFit {
  /** `[p]` */
  readonly coefficients: readonly SupervisedCoefficient[];
  /** `[p, p]`; undefined with a single unit or a single cluster. */
  readonly covariance: readonly (readonly number[])[] | undefined;
  /** Coded units. */
  readonly goldSize: number;
  /** What the probabilities were multiplied by: 1 unless they were rescaled. */
  readonly probabilityFactor: number;
  /** The coefficients' variances in two parts, of which only the first shrinks with more coded units; for `dslPower`. `[p]` */
  readonly varianceParts: { readonly coded: readonly number[]; readonly rest: readonly number[] } | undefined;
}

/**
 * Design-based supervised learning (Egami, Hinck, Stewart and Wei 2023, "Using imperfect surrogates for downstream inference",
 * NeurIPS 36): each unit's moment is its prediction's, plus the difference of gold standard and prediction over the
 * probability of being coded where it was coded. The estimate is consistent however wrong the predictions are, because the
 * probabilities are known. Predictions are taken as given, without the cross-fitting of R's dsl: they must not have been trained on
 * the coded units.
 *
 * The covariance is `J^-1 (sum of m m') J^-T`, robust to unequal variances, its sums over clusters where those are given, without a
 * correction for few of them; with a sample of fixed size it is somewhat too large. A mean is a linear model with a covariate of 1,
 * groups' shares a linear model with one indicator per group and no intercept. Tests are two-sided.
 *
 * @throws UserError where nothing was coded, a probability is 0, or the regression has no solution
 * @throws RangeError for lengths that differ, or numbers out of range
 */
export function designBasedSupervisedLearning(
  units: SupervisedUnits,
  { rescalesProbabilities = false, level = 0.95 }: SupervisedOptions = {},
): SupervisedFit {
  checkUnits(units);
  const { model, predicted, gold } = units;
  const goldSize = gold.reduce((count, row) => (row === undefined ? count : count + 1), 0);
  const probabilityFactor = rescalesProbabilities
    ? goldSize / units.probabilities.reduce((sum, x) => sum + x, 0)
    : 1;
  const weights = units.probabilities.map((probability, i) =>
    gold[i] === undefined ? 0 : 1 / (probability * probabilityFactor),
  );
  const rows = weightedRows(predicted, gold, weights);
  const estimates = weightedRegression(model, rows);
  const bread = maybeInverse(jacobianAt(model, rows, estimates));
  const parts = bread === undefined ? undefined : covarianceParts(units, weights, estimates, bread);
  const covariance = parts?.coded.map((row, i) => row.map((x, j) => x + at2(parts.rest, i, j)));
  return {
    coefficients: estimates.map((estimate, j) => {
      const variance = covariance === undefined ? 0 : at2(covariance, j, j);
      const standardError = variance > 0 ? Math.sqrt(variance) : undefined;
      return { estimate, standardError, test: waldTest(estimate, standardError, level) };
    }),
    covariance,
    goldSize,
    probabilityFactor,
    varianceParts:
      parts === undefined
        ? undefined
        : {
            coded: estimates.map((_, j) => at2(parts.coded, j, j)),
            rest: estimates.map((_, j) => at2(parts.rest, j, j)),
          },
  };
}

/** `m(prediction) + w (m(gold) - m(prediction))` as rows with weights: `1 - w` and `w`. */
function weightedRows(
  predicted: readonly RegressionRow[],
  gold: readonly (RegressionRow | undefined)[],
  weights: readonly number[],
): readonly WeightedRow[] {
  return predicted.flatMap((row, i) => {
    const coded = gold[i];
    const weight = weights[i] as number;
    const first = { ...row, weight: 1 - weight };
    return coded === undefined ? [first] : [first, { ...coded, weight }];
  });
}

/** The covariance's part from the corrections alone, and the rest: the predictions' and what they share. `[p, p]` each */
function covarianceParts(
  { model, predicted, gold, clusters }: SupervisedUnits,
  weights: readonly number[],
  estimates: readonly number[],
  bread: readonly (readonly number[])[],
):
  | { readonly coded: readonly (readonly number[])[]; readonly rest: readonly (readonly number[])[] }
  | undefined {
  const ofPredictions = predicted.map((row) => scoreOf(model, row, estimates));
  const ofCorrections = ofPredictions.map((moment, i) => {
    const coded = gold[i];
    if (coded === undefined) return moment.map(() => 0);
    const weight = weights[i] as number;
    return scoreOf(model, coded, estimates).map((x, j) => weight * (x - (moment[j] as number)));
  });
  const predictions = clusters === undefined ? ofPredictions : sumsOf(ofPredictions, clusters);
  const corrections = clusters === undefined ? ofCorrections : sumsOf(ofCorrections, clusters);
  if (predictions.length < 2) return undefined;
  const shared = outerProducts(predictions, corrections);
  const rest = outerProducts(predictions, predictions).map((row, i) =>
    row.map((x, j) => x + at2(shared, i, j) + at2(shared, j, i)),
  );
  return {
    coded: sandwich(bread, outerProducts(corrections, corrections)),
    rest: sandwich(bread, rest),
  };
}

/** Rows added up by cluster. `[N, p] -> [clusters, p]` */
function sumsOf(
  rows: readonly (readonly number[])[],
  clusters: readonly (string | number)[],
): readonly (readonly number[])[] {
  const sums = new Map<string | number, number[]>();
  rows.forEach((row, i) => {
    const cluster = clusters[i] as string | number;
    const sum = sums.get(cluster);
    if (sum === undefined) sums.set(cluster, [...row]);
    else
      row.forEach((x, j) => {
        sum[j] = (sum[j] as number) + x;
      });
  });
  return [...sums.values()];
}

function checkUnits({ model, predicted, gold, probabilities, clusters }: SupervisedUnits): void {
  const count = predicted.length;
  if (gold.length !== count || probabilities.length !== count || (clusters?.length ?? count) !== count)
    throw new RangeError(`predictions, codes, probabilities and clusters of ${count} units differ in length`);
  if (!gold.some((row) => row !== undefined))
    throw new UserError("regression: none of its units is coded", { hint: "code a sample of them first" });
  const size = predicted[0]?.covariates.length ?? 0;
  checkRows(model, predicted, size);
  checkRows(
    model,
    gold.filter((row) => row !== undefined),
    size,
  );
  for (const probability of probabilities) {
    if (probability === 0)
      throw new UserError("regression: a unit could not have been drawn (its inclusion probability is 0)", {
        hint: "leave such units out of the regression, which then speaks of the others only",
      });
    if (!(probability > 0 && probability <= 1))
      throw new RangeError(`an inclusion probability of ${probability}`);
  }
}

function at2(matrix: readonly (readonly number[])[], i: number, j: number): number {
  return matrix[i]?.[j] as number;
}
