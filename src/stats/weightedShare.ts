import { checkedWeights } from "./checkedWeights.ts";
import { kishEffectiveSize } from "./kishEffectiveSize.ts";
import { designWeights, type SamplingDesign, varianceOfTotal } from "./samplingDesign.ts";
import { type Interval, wilsonInterval } from "./wilsonInterval.ts";

/** How units were drawn. */
export interface SampleOptions {
  /** 1 each by default. Not together with a design, which has its own. [n] */
  readonly weights?: readonly number[] | undefined;
  readonly design?: SamplingDesign | undefined;
}

/** A share of a part of the population, estimated from weighted units. */
export interface WeightedShare {
  /** 0..1 */
  readonly share: number;
  /** Counted units with weight. */
  readonly count: number;
  /** Their weight. */
  readonly weight: number;
  /** How many units of a simple random sample would tell as much; at most `count`. */
  readonly effectiveSize: number;
  /** 95% */
  readonly interval: Interval;
}

/**
 * The weight of successes among the counted units' weight, with Wilson's interval at the effective sample size. With a design that is
 * `p (1 - p) / v` with the linearised variance of a ratio over a domain, and never more than were counted (Korn and Graubard 1998,
 * "Confidence intervals for proportions with small expected number of positive counts estimated from survey data", Survey Methodology
 * 24; with Wilson's bounds and the normal quantile). Without a design, or where it shows no variance, `(sum w)^2 / sum w^2` (Kish 1965, "Survey Sampling",
 * section 11.7). A finite population that was drawn whole has an interval without width. [n] -> share
 *
 * @param isCounted all by default; the others are outside the domain, but part of the design. [n]
 * @returns undefined where nothing that has weight is counted
 * @throws RangeError for lists of different lengths, and for weights beside a design
 */
export function weightedShare(
  isSuccess: readonly boolean[],
  sample: SampleOptions = {},
  isCounted?: readonly boolean[],
): WeightedShare | undefined {
  const weights = sampleWeights(isSuccess.length, sample);
  if (isCounted !== undefined && isCounted.length !== isSuccess.length)
    throw new RangeError(`${isCounted.length} marks for ${isSuccess.length} units`);
  const counted: number[] = [];
  let weight = 0;
  let success = 0;
  for (const [unit, own] of weights.entries()) {
    if (own === 0 || isCounted?.[unit] === false) continue;
    counted.push(own);
    weight += own;
    if (isSuccess[unit]) success += own;
  }
  const kishSize = kishEffectiveSize(counted);
  if (kishSize === undefined) return undefined;
  const count = counted.length;
  const share = success / weight;
  let effectiveSize = Math.min(count, kishSize);
  if (sample.design !== undefined && share > 0 && share < 1) {
    const influence = weights.map((_, unit) =>
      isCounted?.[unit] === false ? 0 : ((isSuccess[unit] ? 1 : 0) - share) / weight,
    );
    const variance = varianceOfTotal(sample.design, influence);
    if (variance !== undefined && variance > 0)
      effectiveSize = Math.min(count, (share * (1 - share)) / variance);
  }
  // A finite population of which every unit was drawn leaves nothing to estimate.
  const isWhole = sample.design?.isFinite === true && weights.every((own) => own === 1);
  const interval = isWhole
    ? { low: share, high: share }
    : (wilsonInterval(share * effectiveSize, effectiveSize) as Interval);
  return { share, count, weight, effectiveSize, interval };
}

/**
 * The weights of `count` units, from the design if there is one. [count]
 *
 * @throws RangeError for another number of weights, a negative one, or weights beside a design
 */
export function sampleWeights(count: number, { weights, design }: SampleOptions): readonly number[] {
  if (design === undefined) return checkedWeights(count, weights);
  if (weights !== undefined) throw new RangeError("a design has its own weights");
  return checkedWeights(count, designWeights(design));
}
