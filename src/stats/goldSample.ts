import {
  type PostStrata,
  postStratifiedVariance,
  postStratifiedWeights,
  uncoveredGroups,
} from "./postStratification.ts";
import { designWeights, type SamplingDesign, uncoveredStrata, varianceOfTotal } from "./samplingDesign.ts";
import type { CellStratum, StratumCell } from "./stratifiedDirichlet.ts";

/** A sample whose units have a gold category beside the predicted one. */
export interface GoldSample {
  readonly design: SamplingDesign;
  /** Category numbers from 0. [n] */
  readonly gold: readonly number[];
  /** Category numbers from 0. [n] */
  readonly predicted: readonly number[];
  readonly categoryCount: number;
  /**
   * How many units of the population each predicted category has [K]. A simple random or a Poisson sample is then post-stratified by it.
   * One with several strata is not: where these are the predicted categories or parts of them, it would change nothing but for a part
   * without a unit, for which the others of its category would then stand; where they are another run's, it would leave no part that is drawn from alike.
   */
  readonly predictedSizes?: readonly number[];
}

/** How much of the population a sample tells about. */
export interface Coverage {
  readonly coveredSize: number;
  readonly size: number;
  /** Strata, from 0, that have units, none of which was answered for. */
  readonly uncoveredStrata: readonly number[];
  /** Predicted categories, from 0, that have units, none of which was answered for; known where the sample is post-stratified. */
  readonly uncoveredPredicted: readonly number[];
}

/** How many units each unit of the sample stands for. [n] */
export function sampleWeights(sample: GoldSample): readonly number[] {
  const postStrata = postStrataOf(sample);
  return postStrata === undefined
    ? designWeights(sample.design)
    : postStratifiedWeights(sample.design, postStrata);
}

/** The variance of the weighted total of a value [n]; undefined where the design does not tell it. */
export function sampleVariance(sample: GoldSample, influence: readonly number[]): number | undefined {
  const postStrata = postStrataOf(sample);
  return postStrata === undefined
    ? varianceOfTotal(sample.design, influence)
    : postStratifiedVariance(sample.design, postStrata, influence);
}

/** The confusion matrix `[true][predicted]` in units of the population. [K, K] */
export function weightedCells(sample: GoldSample): readonly (readonly number[])[] {
  const { gold, predicted, categoryCount } = sample;
  const matrix = Array.from({ length: categoryCount }, () => Array.from({ length: categoryCount }, () => 0));
  for (const [unit, weight] of sampleWeights(sample).entries()) {
    const row = matrix[gold[unit] as number];
    const column = predicted[unit] as number;
    if (row?.[column] === undefined) throw new RangeError(`a category beyond the ${categoryCount} there are`);
    row[column] += weight;
  }
  return matrix;
}

/** What the sample covers of its population. */
export function coverageOf(sample: GoldSample): Coverage {
  const { design } = sample;
  const postStrata = postStrataOf(sample);
  const empty = uncoveredStrata(design);
  const emptyPredicted = postStrata === undefined ? [] : uncoveredGroups(postStrata);
  const sizes =
    postStrata?.sizes ??
    (design.kind === "stratified" ? design.strata.map((stratum) => stratum.size) : [design.size]);
  const missing = postStrata === undefined ? empty : emptyPredicted;
  const size = sizes.reduce((sum, each) => sum + each, 0);
  return {
    size,
    coveredSize: missing.reduce((rest, index) => rest - (sizes[index] as number), size),
    uncoveredStrata: empty,
    uncoveredPredicted: emptyPredicted,
  };
}

/** A part of the population that is drawn from alike: its size, and the sample's units in it. */
export interface SamplePart {
  readonly size: number;
  readonly units: readonly number[];
  /** The predicted category, where all its units have the same one. */
  readonly predicted: number | undefined;
}

/**
 * The parts within which the sample is a simple random one: its strata; of a simple random sample with known `predictedSizes` the
 * predicted categories. Only parts with a unit in the sample.
 *
 * @returns undefined for a Poisson sample, which has none
 */
export function samplePartsOf(sample: GoldSample): readonly SamplePart[] | undefined {
  const { design, predicted } = sample;
  if (design.kind === "poisson") return undefined;
  const postStrata = postStrataOf(sample);
  if (postStrata !== undefined) return partsBy(predicted, postStrata.sizes, predicted);
  return partsBy(
    design.stratumOf,
    design.strata.map(({ size }) => size),
    predicted,
  );
}

/**
 * The parts of a sample with their cells, for `stratifiedDirichlet`: K cells where a part has one predicted category, K x K otherwise.
 *
 * A Poisson sample's parts are its predicted categories, if their sizes are known, otherwise all of it. Its units have different weights:
 * a part counts as Kish's effective number of units, `(sum w)^2 / sum w^2` (Kish 1965, "Survey Sampling", section 11.7), and its cells have
 * their shares of the weight. Where errors are drawn more often than others, as by the evaluated run's own uncertainty, this counts too few
 * units: intervals of common categories then hold the truth in 99 of 100 samples and not in 95.
 */
export function cellStrataOf(sample: GoldSample): readonly CellStratum[] {
  const { gold, predicted, categoryCount, design } = sample;
  const categories = Array.from({ length: categoryCount }, (_, category) => category);
  const weights = sampleWeights(sample);
  return (samplePartsOf(sample) ?? poissonParts(sample)).map((part) => {
    const columns = part.predicted === undefined ? categories : [part.predicted];
    const weight = part.units.reduce((sum, unit) => sum + (weights[unit] as number), 0);
    const worth = design.kind === "poisson" ? effectiveUnits(part, weights) / weight : 1;
    const countOf = (unit: number) => (design.kind === "poisson" ? (weights[unit] as number) * worth : 1);
    const cells = columns.flatMap((column) =>
      categories.map(
        (row): StratumCell => ({
          trueCategory: row,
          predicted: column,
          count: part.units
            .filter((unit) => gold[unit] === row && predicted[unit] === column)
            .reduce((sum, unit) => sum + countOf(unit), 0),
        }),
      ),
    );
    // A sum of roundings may pass a part that was drawn whole.
    const count = cells.reduce((sum, cell) => sum + cell.count, 0);
    return { size: Math.max(part.size, count), cells };
  });
}

/** Kish's, of units with weights. */
function effectiveUnits({ units }: SamplePart, weights: readonly number[]): number {
  const weight = units.reduce((sum, unit) => sum + (weights[unit] as number), 0);
  return weight ** 2 / units.reduce((sum, unit) => sum + (weights[unit] as number) ** 2, 0);
}

function poissonParts(sample: GoldSample): readonly SamplePart[] {
  const { design, predicted } = sample;
  const postStrata = postStrataOf(sample);
  if (postStrata !== undefined) return partsBy(predicted, postStrata.sizes, predicted);
  const sizes = design.kind === "poisson" ? [design.size] : [];
  return partsBy(
    predicted.map(() => 0),
    sizes,
    predicted,
  );
}

function partsBy(
  partOf: readonly number[],
  sizes: readonly number[],
  predicted: readonly number[],
): readonly SamplePart[] {
  const units = sizes.map((): number[] => []);
  for (const [unit, part] of partOf.entries()) units[part]?.push(unit);
  return sizes.flatMap((size, part) => {
    const own = units[part] as number[];
    const first = predicted[own[0] ?? -1];
    if (first === undefined) return [];
    return {
      size,
      units: own,
      predicted: own.every((unit) => predicted[unit] === first) ? first : undefined,
    };
  });
}

function postStrataOf({ predicted, predictedSizes, design }: GoldSample): PostStrata | undefined {
  if (predictedSizes === undefined) return undefined;
  if (design.kind === "stratified" && design.strata.length > 1) return undefined;
  return { groupOf: predicted, sizes: predictedSizes };
}
