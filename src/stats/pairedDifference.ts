import { studentTQuantile } from "./distributions/studentT.ts";
import { type ClassificationMetric, linearisedMetric } from "./linearisedMetric.ts";
import { degreesOfFreedomOf, designWeights, type SamplingDesign, varianceOfTotal } from "./samplingDesign.ts";
import { waldTest } from "./waldTest.ts";
import type { Interval } from "./wilsonInterval.ts";

/** Two classifications of the same sample, compared by a metric. */
export interface PairedDifference {
  readonly first: number;
  readonly second: number;
  /** The second's less the first's. */
  readonly difference: number;
  /** Linearised; undefined where the design does not tell it. */
  readonly standardError: number | undefined;
  /** 95%, Student's t; undefined without a standard error above 0. */
  readonly interval: Interval | undefined;
  /** Two-sided, normal, of no difference. */
  readonly p: number | undefined;
}

/** The sample, and what both classifications say of it: category numbers from 0. `[n]` each */
export interface PairedSample {
  readonly design: SamplingDesign;
  readonly gold: readonly number[];
  readonly first: readonly number[];
  readonly second: readonly number[];
  readonly categoryCount: number;
}

/**
 * The difference of a metric between two classifications of the same units, with the variance of the difference of their influences under the design, which
 * takes in that both are right and wrong on the same units (linearisation: Saerndal, Swensson and Wretman 1992, "Model Assisted Survey
 * Sampling", section 5.5; of two metrics at once: Demnati and Rao 2004, "Linearization variance estimators for survey data", Survey Methodology 30).
 *
 * @returns undefined where the metric is not defined for one of them
 * @throws RangeError for a design that contradicts itself, other numbers of units, or a category that there is not
 */
export function pairedDifference(
  { design, gold, first, second, categoryCount }: PairedSample,
  metric: ClassificationMetric,
): PairedDifference | undefined {
  const weights = designWeights(design);
  if (gold.length !== weights.length || first.length !== gold.length || second.length !== gold.length)
    throw new RangeError(
      `${gold.length} codes of ${weights.length} units, ${first.length} and ${second.length} predictions`,
    );
  const one = linearisedMetric(cellsOf(gold, first, weights, categoryCount), metric);
  const other = linearisedMetric(cellsOf(gold, second, weights, categoryCount), metric);
  if (one === undefined || other === undefined) return undefined;
  const influence = gold.map(
    (category, unit) =>
      (other.derivative[category]?.[second[unit] as number] as number) -
      (one.derivative[category]?.[first[unit] as number] as number),
  );
  const variance = varianceOfTotal(design, influence);
  const standardError = variance === undefined ? undefined : Math.sqrt(variance);
  const difference = other.value - one.value;
  const degreesOfFreedom = degreesOfFreedomOf(design);
  const half =
    standardError === undefined || standardError === 0 || degreesOfFreedom < 1
      ? undefined
      : studentTQuantile(0.975, degreesOfFreedom) * standardError;
  return {
    first: one.value,
    second: other.value,
    difference,
    standardError,
    interval:
      half === undefined
        ? undefined
        : { low: Math.max(-1, difference - half), high: Math.min(1, difference + half) },
    p: waldTest(difference, standardError)?.pValue,
  };
}

function cellsOf(
  gold: readonly number[],
  predicted: readonly number[],
  weights: readonly number[],
  categoryCount: number,
): readonly (readonly number[])[] {
  const cells = Array.from({ length: categoryCount }, () => new Array<number>(categoryCount).fill(0));
  for (const [unit, weight] of weights.entries()) {
    const row = cells[gold[unit] as number];
    const column = predicted[unit] as number;
    if (row?.[column] === undefined) throw new RangeError(`a category beyond the ${categoryCount} there are`);
    row[column] += weight;
  }
  return cells;
}
