import { categoryMean } from "./macroF1.ts";
import { designWeights, type SamplingDesign, sampleSizeOf } from "./samplingDesign.ts";
import type { Interval } from "./wilsonInterval.ts";

/** How macro-F1 differs between two classifications of the same gold units. */
export interface MacroF1Change {
  /** Macro-F1 of the second less that of the first, -1..1. */
  readonly change: number;
  /** Of the change; undefined where the design shows no variance: one unit stands for a stratum that has more. */
  readonly interval: Interval | undefined;
}

/** How the units were drawn, and how the interval is made. */
export interface MacroF1ChangeOptions {
  readonly categoryCount: number;
  readonly design: SamplingDesign;
  /** Uniform in [0, 1). */
  readonly random: () => number;
  /** Bootstrap draws, 1000 unless told. */
  readonly draws?: number;
  /** 95% unless told. */
  readonly level?: number;
}

/**
 * The change of design-weighted macro-F1 from one classification to each of others, with percentile intervals of a paired bootstrap: every draw
 * weighs the units anew and compares on the same ones. Strata are drawn from by themselves, `n_h - 1` units with replacement, and
 * rescaled so that the variance of a total is the design's, finite population correction included (Rao, Wu and Yue 1992, "Some recent work on
 * resampling methods for complex surveys", Survey Methodology 18, section 2); a Poisson sample as if drawn with replacement. Percentiles are
 * interpolated between draws.
 *
 * @param truth true categories 0..K-1 [n]
 * @param first predicted categories [n]
 * @param others other predicted categories, each [n]
 * @returns for each of the others; undefined where there are no units
 * @throws RangeError for lists of different lengths, a design that contradicts itself, or fewer than 2 draws
 */
export function macroF1Changes(
  truth: readonly number[],
  first: readonly number[],
  others: readonly (readonly number[])[],
  { categoryCount, design, random, draws = 1000, level = 0.95 }: MacroF1ChangeOptions,
): readonly (MacroF1Change | undefined)[] {
  const n = sampleSizeOf(design);
  for (const list of [truth, first, ...others])
    if (list.length !== n) throw new RangeError(`${list.length} categories of ${n} units`);
  if (!(Number.isInteger(draws) && draws >= 2)) throw new RangeError(`${draws} draws`);
  const weights = designWeights(design);
  if (n === 0) return others.map(() => undefined);
  const macroOf = (predicted: readonly number[], own: readonly number[] | Float64Array) =>
    macroF1Of(truth, predicted, own, categoryCount);
  const before = macroOf(first, weights);
  const changes = others.map((other) => macroOf(other, weights) - before);
  const redraw = maybeRedraw(design, weights, random);
  if (redraw === undefined) return changes.map((change) => ({ change, interval: undefined }));
  const replicates = others.map(() => new Float64Array(draws));
  const isDifferent = others.map((other) => other.some((category, unit) => category !== first[unit]));
  for (let draw = 0; draw < draws; draw++) {
    const drawn = redraw();
    const base = macroOf(first, drawn);
    for (const [i, other] of others.entries())
      if (isDifferent[i]) (replicates[i] as Float64Array)[draw] = macroOf(other, drawn) - base;
  }
  return changes.map((change, i) => {
    const sorted = (replicates[i] as Float64Array).sort();
    const interval = {
      low: percentile(sorted, (1 - level) / 2),
      high: percentile(sorted, (1 + level) / 2),
    };
    return { change, interval };
  });
}

/** Macro-F1 without a matrix: this runs some thousand times for every phrase of a codebook. */
function macroF1Of(
  truth: readonly number[],
  predicted: readonly number[],
  weights: readonly number[] | Float64Array,
  categoryCount: number,
): number {
  const both = new Float64Array(categoryCount);
  const correct = new Float64Array(categoryCount);
  for (let unit = 0; unit < truth.length; unit++) {
    const weight = weights[unit] as number;
    const own = truth[unit] as number;
    const said = predicted[unit] as number;
    both[own] = (both[own] as number) + weight;
    both[said] = (both[said] as number) + weight;
    if (own === said) correct[own] = (correct[own] as number) + weight;
  }
  const f1 = Array.from(both, (sum, category) =>
    sum === 0 ? undefined : (2 * (correct[category] as number)) / sum,
  );
  // Every unit has a category, so that one of them is defined.
  return categoryMean(f1).value as number;
}

/** Weighs the units anew; undefined where the design shows no variance. */
function maybeRedraw(
  design: SamplingDesign,
  weights: readonly number[],
  random: () => number,
): (() => Float64Array) | undefined {
  const n = weights.length;
  const groups = groupsOf(design);
  if (groups.some(({ units, spread }) => units.length === 1 && spread > 0)) return undefined;
  const drawn = new Float64Array(n);
  const times = new Float64Array(n);
  return () => {
    times.fill(0);
    for (const { units, spread } of groups) {
      const size = units.length;
      for (let i = 1; i < size; i++) {
        const unit = units[Math.floor(random() * size)] as number;
        times[unit] = (times[unit] as number) + 1;
      }
      for (const unit of units) {
        const factor = size === 1 ? 1 : ((times[unit] as number) * size) / (size - 1);
        drawn[unit] = (weights[unit] as number) * (1 + spread * (factor - 1));
      }
    }
    return drawn;
  };
}

/** What is drawn from by itself; `spread` is the square root of the finite population correction. */
function groupsOf(design: SamplingDesign): readonly { readonly units: number[]; readonly spread: number }[] {
  if (design.kind === "poisson") return [{ units: design.probabilities.map((_, unit) => unit), spread: 1 }];
  const groups = design.strata.map(({ size, drawn }) => ({
    units: [] as number[],
    spread: design.isFinite && size > 0 ? Math.sqrt(1 - drawn / size) : 1,
  }));
  for (const [unit, stratum] of design.stratumOf.entries()) groups[stratum]?.units.push(unit);
  return groups;
}

function percentile(sorted: Float64Array, probability: number): number {
  const at = probability * (sorted.length - 1);
  const low = sorted[Math.floor(at)] as number;
  return low + ((sorted[Math.ceil(at)] as number) - low) * (at - Math.floor(at));
}
