import { dirichletVariate } from "./distributions/variates.ts";
import { type ClassificationMetric, metricOf } from "./linearisedMetric.ts";
import type { Interval } from "./wilsonInterval.ts";

/** A cell of the confusion matrix that units of a stratum can fall into, and how many of the sample did. */
export interface StratumCell {
  readonly trueCategory: number;
  readonly predicted: number;
  readonly count: number;
}

/** A stratum: its size, and every cell that its units can fall into; K where its predicted category is one, K x K otherwise. */
export interface CellStratum {
  readonly size: number;
  readonly cells: readonly StratumCell[];
}

/** How a posterior is drawn from. */
export interface DirichletOptions {
  readonly categoryCount: number;
  /** The answers are about this collection: what was drawn is known, and only the rest is unknown. */
  readonly isFinite: boolean;
  readonly draws: number;
  /** Uniform numbers in [0, 1). */
  readonly random: () => number;
  /** 95% unless told. */
  readonly level?: number;
  /** A stratum's prior counts, one for each of its cells; Perks', 1 in total, unless told. */
  readonly priorOf?: (stratum: number) => readonly number[];
}

/** A metric's posterior. */
export interface DirichletInterval {
  readonly interval: Interval;
  readonly median: number;
}

/** A stratum's prior counts, all cells together (Perks 1947, "Some observations on inverse probability"). */
const priorTotal = 1;

/** With no more unseen units than this, they are drawn one by one. */
const fewUnseen = 64;

/**
 * The equal-tailed posterior intervals of metrics of the weighted confusion matrix: every stratum's cells have a Dirichlet posterior.
 * With Perks' prior, 1 in total in every stratum, it is off-centre for accurate predictions in many categories: that prior then has
 * nearly as many errors as the sample. Reports use other priors (`categoryIntervals`, `kappaInterval`).
 *
 * With `isFinite` the units that were drawn count as they are, and the rest is drawn from the posterior predictive distribution: one by
 * one as from Polya's urn where few are left, otherwise from the Dirichlet distribution with the same mean and variance as that urn's
 * shares (`A (m - 1) / (m + A)` in place of A for m unseen units and the posterior's total A). Strata without a sampled unit have to be
 * left out by the caller.
 *
 * @returns by metric; undefined where no draw defines it
 * @throws RangeError without a draw, or for a stratum that has fewer units than counts, or no cells
 */
export function stratifiedDirichlet(
  strata: readonly CellStratum[],
  metrics: readonly ClassificationMetric[],
  options: DirichletOptions,
): readonly (DirichletInterval | undefined)[] {
  const { categoryCount, isFinite: isFinitePopulation, draws, random, level = 0.95 } = options;
  if (!(draws >= 1)) throw new RangeError(`${draws} draws`);
  const drawers = strata.map((stratum, h) =>
    cellDrawer(stratum, options.priorOf?.(h) ?? perksPrior(stratum), isFinitePopulation, random),
  );
  const drawn = metrics.map((): number[] => []);
  const matrix = Array.from({ length: categoryCount }, () => Array.from({ length: categoryCount }, () => 0));
  for (let draw = 0; draw < draws; draw += 1) {
    for (const row of matrix) row.fill(0);
    for (const [index, { cells }] of strata.entries()) {
      const totals = (drawers[index] as () => readonly number[])();
      for (const [cell, { trueCategory, predicted }] of cells.entries()) {
        const row = matrix[trueCategory] as number[];
        row[predicted] = (row[predicted] as number) + (totals[cell] as number);
      }
    }
    for (const [index, metric] of metrics.entries()) {
      const value = metricOf(matrix, metric);
      if (value !== undefined) (drawn[index] as number[]).push(value);
    }
  }
  return drawn.map((values) => (values.length === 0 ? undefined : summaryOf(values, level)));
}

/**
 * The exact mean and standard deviation, for a population that is not finite, of the posterior share of the cells that `has` says yes to.
 *
 * @throws RangeError for no strata, or one without cells
 */
export function dirichletShare(
  strata: readonly CellStratum[],
  has: (cell: StratumCell) => boolean,
): { readonly mean: number; readonly standardDeviation: number } {
  const size = strata.reduce((sum, stratum) => sum + stratum.size, 0);
  if (!(size > 0)) throw new RangeError("a posterior without strata");
  let [mean, variance] = [0, 0];
  for (const stratum of strata) {
    const shapes = posteriorShapes(stratum, perksPrior(stratum));
    const total = shapes.reduce((sum, shape) => sum + shape, 0);
    const share =
      stratum.cells.reduce((sum, cell, index) => sum + (has(cell) ? (shapes[index] as number) : 0), 0) /
      total;
    mean += (stratum.size / size) * share;
    variance += ((stratum.size / size) ** 2 * share * (1 - share)) / (total + 1);
  }
  return { mean, standardDeviation: Math.sqrt(variance) };
}

function perksPrior({ cells }: CellStratum): readonly number[] {
  return cells.map(() => priorTotal / cells.length);
}

function posteriorShapes({ size, cells }: CellStratum, prior: readonly number[]): readonly number[] {
  const drawn = cells.reduce((sum, { count }) => sum + count, 0);
  if (cells.length === 0 || drawn > size)
    throw new RangeError(`${drawn} units in ${cells.length} cells of ${size}`);
  return cells.map(({ count }, cell) => count + (prior[cell] as number));
}

/** Draws how many units of the stratum are in each cell. */
function cellDrawer(
  stratum: CellStratum,
  prior: readonly number[],
  isFinitePopulation: boolean,
  random: () => number,
): () => readonly number[] {
  const shapes = posteriorShapes(stratum, prior);
  const { size, cells } = stratum;
  if (!isFinitePopulation) return () => dirichletVariate(random, shapes).map((share) => share * size);
  const unseen = size - cells.reduce((sum, { count }) => sum + count, 0);
  if (unseen === 0) {
    const whole = cells.map(({ count }) => count);
    return () => whole;
  }
  if (unseen <= fewUnseen) return () => polyaTotals(stratum, shapes, unseen, random);
  const total = shapes.reduce((sum, shape) => sum + shape, 0);
  const scale = (unseen - 1) / (unseen + total);
  const scaled = shapes.map((shape) => shape * scale);
  return () =>
    dirichletVariate(random, scaled).map(
      (share, cell) => (cells[cell] as StratumCell).count + share * unseen,
    );
}

function polyaTotals(
  { cells }: CellStratum,
  shapes: readonly number[],
  unseen: number,
  random: () => number,
): readonly number[] {
  const shares = dirichletVariate(random, shapes);
  const totals = cells.map(({ count }) => count);
  // Counts may be fractions; what is left of them is then drawn in parts of nearly one.
  const steps = Math.max(1, Math.round(unseen));
  for (let unit = 0; unit < steps; unit += 1) {
    let rest = random();
    let cell = 0;
    while (cell < shares.length - 1 && rest >= (shares[cell] as number)) {
      rest -= shares[cell] as number;
      cell += 1;
    }
    totals[cell] = (totals[cell] as number) + unseen / steps;
  }
  return totals;
}

function summaryOf(values: readonly number[], level: number): DirichletInterval {
  const sorted = Float64Array.from(values).sort();
  return {
    interval: { low: quantileOf(sorted, (1 - level) / 2), high: quantileOf(sorted, (1 + level) / 2) },
    median: quantileOf(sorted, 0.5),
  };
}

/** Between the two nearest values (Hyndman and Fan 1996, definition 7). */
function quantileOf(sorted: Float64Array, probability: number): number {
  const place = (sorted.length - 1) * probability;
  const below = Math.floor(place);
  const low = sorted[below] as number;
  const high = sorted[Math.min(below + 1, sorted.length - 1)] as number;
  return low + (high - low) * (place - below);
}
