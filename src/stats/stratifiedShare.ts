import { type Interval, normalQuantile975, wilsonInterval } from "./wilsonInterval.ts";

/** One stratum: how many it has, how many of them were drawn without replacement and judged, how many of these have the property. */
export interface Stratum {
  readonly size: number;
  readonly judged: number;
  readonly successes: number;
}

/** A share of a finite population, estimated from a stratified sample. */
export interface StratifiedShare {
  /** 0..1, of the covered strata. */
  readonly share: number;
  /** Cochran's; 0 where every stratum was judged whole, or had no variation to estimate it from. */
  readonly standardError: number;
  /** 95% */
  readonly interval: Interval;
  /** Judged in all strata. */
  readonly judged: number;
  /** How many the covered strata have: those of which at least one was judged. */
  readonly coveredSize: number;
  /** How many all strata have. */
  readonly size: number;
  /** Everything in the covered strata was judged: the share is no estimate, and the interval has no width. */
  readonly isWhole: boolean;
}

/**
 * The share of a population with strata of known sizes: the strata's shares weighted by their sizes, with the standard error of a
 * stratified random sample and the finite population correction (Cochran 1977, "Sampling Techniques", 3rd ed., section 5.10:
 * `v = sum W_h^2 (1 - n_h / N_h) p_h q_h / (n_h - 1)`). Strata without a judgement are left out, not counted as 0: the answer is about
 * the covered ones.
 *
 * The interval is Wilson's at the effective sample size `p q / v` (Korn and Graubard 1998, "Confidence intervals for proportions
 * with small expected number of positive counts estimated from survey data", Survey Methodology 24; with Wilson's bounds and the
 * normal quantile). A stratum in which all are right or all wrong, or only one was judged, shows no variance, which does not mean that it
 * has none. There the variance at Wilson's centre counts instead, `p' q' / n_h` with `p' = (a_h + z^2 / 2) / (n_h + z^2)`, both in `v` and, for
 * the effective size only, in `p`. What was judged is known, so the interval ends where it would contradict that. A single stratum is a
 * simple random sample, and has Wilson's interval at its own size, as `wilsonInterval` gives it.
 *
 * @returns undefined where nothing was judged
 * @throws RangeError for a stratum with more judged than it has, or more successes than judged
 */
export function stratifiedShare(strata: readonly Stratum[]): StratifiedShare | undefined {
  for (const { size, judged, successes } of strata) {
    if (!(successes >= 0 && successes <= judged && judged <= size && Number.isFinite(size)))
      throw new RangeError(`${successes} of ${judged} judged of ${size}`);
  }
  const covered = strata.filter(({ judged }) => judged > 0);
  if (covered.length === 0) return undefined;
  const coveredSize = sumOf(covered, ({ size }) => size);
  const judged = sumOf(covered, (stratum) => stratum.judged);
  const successes = sumOf(covered, (stratum) => stratum.successes);
  const isWhole = judged === coveredSize;
  const parts = covered.map((stratum) => ({ weight: stratum.size / coveredSize, ...partOf(stratum) }));
  // As a quotient of sums: all right is then 1 to the last bit.
  const share =
    sumOf(covered, (stratum) => (stratum.successes * stratum.size) / stratum.judged) / coveredSize;
  const smoothedShare = sumOf(parts, (part) => part.weight * part.smoothedShare);
  const smoothedVariance = sumOf(parts, (part) => part.weight ** 2 * part.smoothedVariance);
  return {
    share,
    standardError: Math.sqrt(sumOf(parts, (part) => part.weight ** 2 * part.variance)),
    interval:
      covered.length === 1 && !isWhole
        ? (wilsonInterval(successes, judged) as Interval)
        : intervalOf(share, smoothedShare, smoothedVariance, {
            low: successes / coveredSize,
            high: 1 - (judged - successes) / coveredSize,
          }),
    judged,
    coveredSize,
    size: sumOf(strata, ({ size }) => size),
    isWhole,
  };
}

interface StratumPart {
  readonly variance: number;
  /** What counts instead where the sample shows no variance. */
  readonly smoothedShare: number;
  readonly smoothedVariance: number;
}

function partOf({ size, judged, successes }: Stratum): StratumPart {
  const share = successes / judged;
  if (judged === size) return { variance: 0, smoothedShare: share, smoothedVariance: 0 };
  const correction = 1 - judged / size;
  if (successes > 0 && successes < judged) {
    const variance = (correction * share * (1 - share)) / (judged - 1);
    return { variance, smoothedShare: share, smoothedVariance: variance };
  }
  const z2 = normalQuantile975 ** 2;
  const centre = (successes + z2 / 2) / (judged + z2);
  return {
    variance: 0,
    smoothedShare: centre,
    smoothedVariance: (correction * centre * (1 - centre)) / judged,
  };
}

function intervalOf(share: number, smoothedShare: number, variance: number, known: Interval): Interval {
  if (variance === 0) return { low: share, high: share };
  const effectiveSize = (smoothedShare * (1 - smoothedShare)) / variance;
  const { low, high } = wilsonInterval(share * effectiveSize, effectiveSize) as Interval;
  return { low: Math.max(low, known.low), high: Math.min(high, known.high) };
}

function sumOf<Item>(items: readonly Item[], value: (item: Item) => number): number {
  return items.reduce((sum, item) => sum + value(item), 0);
}
