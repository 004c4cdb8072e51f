/** One stratum of a sample: how many units it has, and how many of them were drawn without replacement and answered for. */
export interface DesignStratum {
  readonly size: number;
  readonly drawn: number;
}

/**
 * How the units of a sample came into it. A simple random sample is `stratified` with one stratum. `isFinite`: the answers are about
 * this collection, so that what was drawn is known (finite population correction); otherwise about the process behind it.
 */
export type SamplingDesign =
  | {
      readonly kind: "stratified";
      readonly strata: readonly DesignStratum[];
      /** The stratum of every unit of the sample, from 0. [n] */
      readonly stratumOf: readonly number[];
      readonly isFinite: boolean;
    }
  | {
      readonly kind: "poisson";
      /** The inclusion probability of every unit of the sample, above 0 up to 1. [n] */
      readonly probabilities: readonly number[];
      /** How many units the population has. */
      readonly size: number;
      readonly isFinite: boolean;
    };

/** How many units of the sample were answered for. */
export function sampleSizeOf(design: SamplingDesign): number {
  return design.kind === "stratified" ? design.stratumOf.length : design.probabilities.length;
}

/**
 * How many units of the population each unit of the sample stands for: `N_h / n_h`, or one over its inclusion probability. [n]
 *
 * @throws RangeError for a design that contradicts itself
 */
export function designWeights(design: SamplingDesign): readonly number[] {
  checkDesign(design);
  if (design.kind === "poisson") return design.probabilities.map((probability) => 1 / probability);
  const weights = design.strata.map(({ size, drawn }) => size / drawn);
  return design.stratumOf.map((stratum) => weights[stratum] as number);
}

/**
 * Strata that have units, none of which was answered for: nothing is known about them, and no weight is. Numbers from 0.
 * A Poisson sample has none.
 */
export function uncoveredStrata(design: SamplingDesign): readonly number[] {
  if (design.kind === "poisson") return [];
  return design.strata.flatMap(({ size, drawn }, stratum) => (size > 0 && drawn === 0 ? [stratum] : []));
}

/**
 * The variance of the weighted total `sum w_i u_i` of the sample's values `u` [n]; with the influence of every unit on a statistic, the
 * linearised variance of that statistic.
 *
 * Stratified: `sum N_h^2 (1 - f_h) s_h^2 / n_h` over the covered strata (Cochran 1977, "Sampling Techniques", 3rd ed., section 5.4), with
 * f_h = 0 where the population is not finite. Poisson, finite: `sum (1 - p) u^2 / p^2` (Saerndal, Swensson and Wretman 1992, "Model
 * Assisted Survey Sampling", section 3.5); not finite: as if drawn with replacement, `n / (n - 1) sum (w u - mean)^2`.
 *
 * @returns undefined where one unit stands for a stratum that has more or that is not finite, or one for a whole process
 * @throws RangeError for a design that contradicts itself, or another number of values than of units
 */
export function varianceOfTotal(design: SamplingDesign, influence: readonly number[]): number | undefined {
  checkDesign(design);
  const n = sampleSizeOf(design);
  if (influence.length !== n) throw new RangeError(`${influence.length} values of ${n} units`);
  if (design.kind === "stratified") return stratifiedVariance(design, influence);
  const { probabilities } = design;
  if (design.isFinite)
    return influence.reduce((sum, value, unit) => {
      const probability = probabilities[unit] as number;
      return sum + (1 - probability) * (value / probability) ** 2;
    }, 0);
  if (n < 2) return undefined;
  const totals = influence.map((value, unit) => value / (probabilities[unit] as number));
  const mean = totals.reduce((sum, total) => sum + total, 0) / n;
  return (n / (n - 1)) * totals.reduce((sum, total) => sum + (total - mean) ** 2, 0);
}

/**
 * The design's degrees of freedom: units less covered strata; units less 1 for a Poisson sample (Korn and
 * Graubard 1999, "Analysis of Health Surveys").
 */
export function degreesOfFreedomOf(design: SamplingDesign): number {
  if (design.kind === "poisson") return design.probabilities.length - 1;
  return design.strata.reduce((sum, { drawn }) => sum + Math.max(0, drawn - 1), 0);
}

function stratifiedVariance(
  design: SamplingDesign & { readonly kind: "stratified" },
  influence: readonly number[],
): number | undefined {
  const { strata, stratumOf } = design;
  const sums = strata.map(() => 0);
  for (const [unit, stratum] of stratumOf.entries())
    sums[stratum] = (sums[stratum] as number) + (influence[unit] as number);
  const squares = strata.map(() => 0);
  for (const [unit, stratum] of stratumOf.entries()) {
    const mean = (sums[stratum] as number) / (strata[stratum] as DesignStratum).drawn;
    squares[stratum] = (squares[stratum] as number) + ((influence[unit] as number) - mean) ** 2;
  }
  let variance = 0;
  for (const [stratum, { size, drawn }] of strata.entries()) {
    if (drawn === 0 || (design.isFinite && drawn === size)) continue;
    if (drawn === 1) return undefined;
    const correction = design.isFinite ? 1 - drawn / size : 1;
    variance += (size ** 2 * correction * (squares[stratum] as number)) / (drawn * (drawn - 1));
  }
  return variance;
}

function checkDesign(design: SamplingDesign): void {
  if (design.kind === "poisson") {
    const wrong = design.probabilities.find((probability) => !(probability > 0 && probability <= 1));
    if (wrong !== undefined) throw new RangeError(`an inclusion probability of ${wrong}`);
    return;
  }
  const drawn = design.strata.map(() => 0);
  for (const stratum of design.stratumOf) {
    if (drawn[stratum] === undefined) throw new RangeError(`a unit of stratum ${stratum} of ${drawn.length}`);
    drawn[stratum] += 1;
  }
  for (const [stratum, { size, drawn: stated }] of design.strata.entries()) {
    if (stated !== drawn[stratum] || !(stated <= size))
      throw new RangeError(`stratum ${stratum} states ${stated} of ${size} drawn and has ${drawn[stratum]}`);
  }
}
