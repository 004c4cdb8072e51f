import { normalQuantile } from "./distributions/normal.ts";
import {
  designWeights,
  type SamplingDesign,
  sampleSizeOf,
  uncoveredStrata,
  varianceOfTotal,
} from "./samplingDesign.ts";
import type { Interval } from "./wilsonInterval.ts";

/** One unit of the study: a row of the user's table. */
export interface DomainUnit {
  /** What the user's column says of it, such as an account or a month. */
  readonly group: string;
  /** Its category's number, from 0. */
  readonly prediction: number;
  /** The place in the sample of the image that it shows; undefined where that image was not coded. */
  readonly sampled: number | undefined;
}

/**
 * Why a group's share has no interval: fewer than ten of its images are coded; those show no errors, or the only one of a stratum, so
 * that nothing says how far the correction is off.
 */
export type DomainReason = "few coded images" | "no variance";

/** A category's share of a group. */
export interface DomainShare {
  /** Of the predictions alone. 0..1 */
  readonly naive: number;
  /** Corrected, as computed, which may lie outside 0..1; undefined where no image of the group is coded. */
  readonly raw: number | undefined;
  /** Clipped to 0..1. */
  readonly share: number | undefined;
  readonly isOutside: boolean;
  /** undefined, with the interval, for a reason. */
  readonly standardError: number | undefined;
  /** 95%, within 0..1. */
  readonly interval: Interval | undefined;
  readonly reason: DomainReason | undefined;
}

/** The shares within one group. */
export interface Domain {
  readonly group: string;
  /** How many units it has. */
  readonly units: number;
  /** How many coded images they show. */
  readonly codedImages: number;
  /** `[K]`; the raw ones add up to 1. */
  readonly shares: readonly DomainShare[];
}

export interface DomainShares {
  /** In the order in which the groups first appear. */
  readonly domains: readonly Domain[];
  /** Strata without a coded image, whose predictions stand uncorrected in all groups. */
  readonly uncorrectedStrata: readonly number[];
}

/** Coded images of a group below which the normal interval is not to be trusted. */
const fewestImages = 10;

/**
 * Corrected shares within groups by the difference estimator (Saerndal, Swensson and Wretman 1992, "Model Assisted Survey Sampling", sections
 * 6.3 and 10.3): the predictions' share, plus the weighted sum over coded images of (the group's units that show the image) times (gold
 * indicator - prediction indicator), over the group's size. Variance: the design's, of that sum; for a process instead of this
 * collection the variance of a share of that many units is added. The interval is normal, clipped to 0..1, and missing for a reason
 * where there is too little to go by. All images of a group coded with certainty: the share is known, and so is the interval.
 *
 * The units are gone through once and not kept, so that there may be millions of them.
 *
 * @param gold the coded images' categories, in the design's order. `[n]`
 * @throws RangeError for a category outside 0..K-1, a place outside the sample, or another number of codes than the design has
 */
export function domainShares(
  units: Iterable<DomainUnit>,
  gold: readonly number[],
  design: SamplingDesign,
  categoryCount: number,
): DomainShares {
  if (sampleSizeOf(design) !== gold.length)
    throw new RangeError(`${gold.length} codes of a sample of ${sampleSizeOf(design)}`);
  for (const category of gold) checkCategory(category, categoryCount);
  const weights = designWeights(design);
  const byGroup = countedGroups(units, gold, categoryCount);
  return {
    domains: [...byGroup].map(([group, { size, predicted, coded }]) => {
      const codedImages = new Set(coded.map(({ sampled }) => sampled)).size;
      const isKnown =
        design.isFinite && coded.length === size && coded.every(({ sampled }) => weights[sampled] === 1);
      return {
        group,
        units: size,
        codedImages,
        shares: predicted.map((count, category) => {
          const naive = count / size;
          const influence = influenceOf(coded, gold, category, size);
          const correction = influence.reduce((sum, value, i) => sum + value * (weights[i] as number), 0);
          return domainShare(naive, correction, {
            codedImages,
            isKnown,
            variance: varianceOf(design, influence, naive + correction, size),
          });
        }),
      };
    }),
    uncorrectedStrata: uncoveredStrata(design),
  };
}

/** A unit whose image was coded. */
interface CodedUnit {
  readonly prediction: number;
  readonly sampled: number;
}

interface CountedGroup {
  size: number;
  /** Units by predicted category. `[K]` */
  readonly predicted: number[];
  readonly coded: CodedUnit[];
}

function countedGroups(
  units: Iterable<DomainUnit>,
  gold: readonly number[],
  categoryCount: number,
): ReadonlyMap<string, CountedGroup> {
  const groups = new Map<string, CountedGroup>();
  for (const { group, prediction, sampled } of units) {
    checkCategory(prediction, categoryCount);
    if (sampled !== undefined && gold[sampled] === undefined)
      throw new RangeError(`no image ${sampled} in a sample of ${gold.length}`);
    let counted = groups.get(group);
    if (counted === undefined) {
      counted = { size: 0, predicted: new Array<number>(categoryCount).fill(0), coded: [] };
      groups.set(group, counted);
    }
    counted.size += 1;
    counted.predicted[prediction] = (counted.predicted[prediction] as number) + 1;
    if (sampled !== undefined) counted.coded.push({ prediction, sampled });
  }
  return groups;
}

/** What each coded image adds to the share before its weight. `[n]` */
function influenceOf(
  coded: readonly CodedUnit[],
  gold: readonly number[],
  category: number,
  size: number,
): readonly number[] {
  const influence = gold.map(() => 0);
  for (const { prediction, sampled } of coded) {
    const difference = Number(gold[sampled] === category) - Number(prediction === category);
    influence[sampled] = (influence[sampled] as number) + difference / size;
  }
  return influence;
}

function varianceOf(
  design: SamplingDesign,
  influence: readonly number[],
  share: number,
  size: number,
): number | undefined {
  const drawing = varianceOfTotal({ ...design, isFinite: true }, influence);
  // Without variance in the drawing nothing is known of the correction, whatever the process adds.
  if (design.isFinite || drawing === undefined || drawing === 0) return drawing;
  const within = Math.min(1, Math.max(0, share));
  return drawing + (within * (1 - within)) / size;
}

function domainShare(
  naive: number,
  correction: number,
  of: { readonly codedImages: number; readonly isKnown: boolean; readonly variance: number | undefined },
): DomainShare {
  const none = { standardError: undefined, interval: undefined };
  if (of.codedImages === 0)
    return {
      naive,
      raw: undefined,
      share: undefined,
      isOutside: false,
      ...none,
      reason: "few coded images",
    };
  const raw = naive + correction;
  const share = clipped(raw);
  const isOutside = raw < -1e-12 || raw > 1 + 1e-12;
  const known = { naive, raw, share, isOutside };
  if (of.isKnown)
    return { ...known, standardError: 0, interval: { low: share, high: share }, reason: undefined };
  if (of.codedImages < fewestImages) return { ...known, ...none, reason: "few coded images" };
  if (of.variance === undefined || of.variance === 0) return { ...known, ...none, reason: "no variance" };
  const standardError = Math.sqrt(of.variance);
  const half = normalQuantile(0.975) * standardError;
  return {
    ...known,
    standardError,
    interval: { low: clipped(raw - half), high: clipped(raw + half) },
    reason: undefined,
  };
}

function clipped(share: number): number {
  return Math.min(1, Math.max(0, share));
}

function checkCategory(category: number, count: number): void {
  if (!(Number.isInteger(category) && category >= 0 && category < count))
    throw new RangeError(`category ${category} of ${count}`);
}
