import { designWeights, type SamplingDesign, varianceOfTotal } from "./samplingDesign.ts";

/** A grouping of the population whose sizes are known, such as the predicted category of every unit. */
export interface PostStrata {
  /** The group of every unit of the sample, from 0. [n] */
  readonly groupOf: readonly number[];
  /** How many units of the population each group has. [G] */
  readonly sizes: readonly number[];
}

/** Groups that have units, none of which is in the sample: nothing is known about them. Numbers from 0. */
export function uncoveredGroups({ groupOf, sizes }: PostStrata): readonly number[] {
  const sampled = new Set(groupOf);
  return sizes.flatMap((size, group) => (size > 0 && !sampled.has(group) ? [group] : []));
}

/**
 * The weights of a sample after post-stratification: the design's, scaled within each group so that they add up to the group's size
 * (Cochran 1977, "Sampling Techniques", 3rd ed., section 5A.9). The design's own where the sample is stratified by the groups. [n]
 *
 * @throws RangeError for a unit of a group that has no size, or a design that contradicts itself
 */
export function postStratifiedWeights(
  design: SamplingDesign,
  { groupOf, sizes }: PostStrata,
): readonly number[] {
  const weights = designWeights(design);
  const totals = totalsByGroup(weights, groupOf, sizes.length);
  return weights.map((weight, unit) => {
    const group = groupOf[unit] as number;
    const size = sizes[group];
    if (size === undefined || !(size > 0))
      throw new RangeError(`a unit of group ${group}, which has no size`);
    return (weight * size) / (totals[group] as number);
  });
}

/**
 * The variance of the post-stratified total `sum w_i u_i` [n]: that of the deviations from the groups' means, scaled as the weights were
 * (Saerndal, Swensson and Wretman 1992, "Model Assisted Survey Sampling", section 7.6; the g-weighted form).
 *
 * @returns undefined where the design's variance is
 * @throws RangeError as `postStratifiedWeights`
 */
export function postStratifiedVariance(
  design: SamplingDesign,
  postStrata: PostStrata,
  influence: readonly number[],
): number | undefined {
  const { groupOf, sizes } = postStrata;
  const before = designWeights(design);
  const after = postStratifiedWeights(design, postStrata);
  const weighted = influence.map((value, unit) => value * (before[unit] as number));
  const totals = totalsByGroup(weighted, groupOf, sizes.length);
  const weights = totalsByGroup(before, groupOf, sizes.length);
  return varianceOfTotal(
    design,
    influence.map((value, unit) => {
      const group = groupOf[unit] as number;
      const mean = (totals[group] as number) / (weights[group] as number);
      return ((value - mean) * (after[unit] as number)) / (before[unit] as number);
    }),
  );
}

function totalsByGroup(
  values: readonly number[],
  groupOf: readonly number[],
  groupCount: number,
): readonly number[] {
  const totals = Array.from({ length: groupCount }, () => 0);
  for (const [unit, group] of groupOf.entries())
    totals[group] = (totals[group] ?? 0) + (values[unit] as number);
  return totals;
}
