import { UserError } from "../errors.ts";
import { normalQuantile } from "./distributions/normal.ts";
import type { Interval } from "./wilsonInterval.ts";

/** A share corrected for known error rates. */
export interface CorrectedShare {
  /** As the formula gives it, which may lie outside 0..1. */
  readonly raw: number;
  /** Clipped to 0..1. */
  readonly share: number;
  /** The raw value lies outside 0..1: the error rates do not fit the predicted share. */
  readonly isOutside: boolean;
  /** Of the raw value; undefined where none was asked for, or it has no variance. */
  readonly interval: Interval | undefined;
}

/** How often a category is found where it is, and left out where it is not; 0..1 both. */
export interface ErrorRates {
  readonly sensitivity: number;
  readonly specificity: number;
}

/**
 * A category's share corrected for a sensitivity and a specificity that are taken as known: `(share + specificity - 1) / (sensitivity +
 * specificity - 1)` (Rogan and Gladen 1978, "Estimating prevalence from the results of a screening test", Am. J. Epidemiology 107). The
 * interval is the predicted share's own, such as Wilson's or Blaker's, sent through the same formula. For error rates from
 * another collection; with a sample of this one post-stratified shares need no such assumption.
 *
 * @throws UserError for error rates no better than guessing: sensitivity + specificity up to 1
 * @throws RangeError for numbers outside 0..1
 */
export function roganGladen(share: number, rates: ErrorRates, shareInterval?: Interval): CorrectedShare {
  const surplus = surplusOf(share, rates);
  const corrected = (x: number) => (x + rates.specificity - 1) / surplus;
  return correctedShare(
    corrected(share),
    shareInterval === undefined
      ? undefined
      : { low: corrected(shareInterval.low), high: corrected(shareInterval.high) },
  );
}

/** Counts from two samples: the images classified, and coded images of another collection with their predictions. */
export interface RoganGladenCounts {
  readonly predictedPositive: number;
  readonly size: number;
  readonly truePositives: number;
  readonly goldPositives: number;
  readonly trueNegatives: number;
  readonly goldNegatives: number;
}

/**
 * As `roganGladen`, with error rates that were themselves estimated: the delta method's variance `[q (1 - q) / N + p^2 Se (1 - Se) / n1 +
 * (1 - p)^2 Sp (1 - Sp) / n0] / (Se + Sp - 1)^2` (Rogan and Gladen 1978), with a normal interval.
 *
 * @throws UserError for error rates no better than guessing
 * @throws RangeError for counts above their totals, or totals of 0
 */
export function roganGladenDelta(
  counts: RoganGladenCounts,
  level = 0.95,
): CorrectedShare & { readonly standardError: number | undefined } {
  const share = rateOf(counts.predictedPositive, counts.size);
  const sensitivity = rateOf(counts.truePositives, counts.goldPositives);
  const specificity = rateOf(counts.trueNegatives, counts.goldNegatives);
  const surplus = surplusOf(share, { sensitivity, specificity });
  const raw = (share + specificity - 1) / surplus;
  const variance =
    ((share * (1 - share)) / counts.size +
      (raw ** 2 * sensitivity * (1 - sensitivity)) / counts.goldPositives +
      ((1 - raw) ** 2 * specificity * (1 - specificity)) / counts.goldNegatives) /
    surplus ** 2;
  if (variance === 0) return { ...correctedShare(raw, undefined), standardError: undefined };
  const standardError = Math.sqrt(variance);
  const half = normalQuantile((1 + level) / 2) * standardError;
  return { ...correctedShare(raw, { low: raw - half, high: raw + half }), standardError };
}

/**
 * The adjusted count of quantification research: `(share - fpr) / (tpr - fpr)`, clipped to 0..1 (Forman 2008, "Quantifying counts and costs
 * via classification", Data Mining and Knowledge Discovery 17). It is Rogan and Gladen's, by other names.
 *
 * @throws UserError for a true-positive rate not above the false-positive rate
 * @throws RangeError for numbers outside 0..1
 */
export function adjustedCount(share: number, truePositiveRate: number, falsePositiveRate: number): number {
  return roganGladen(share, { sensitivity: truePositiveRate, specificity: 1 - falsePositiveRate }).share;
}

function surplusOf(share: number, { sensitivity, specificity }: ErrorRates): number {
  for (const x of [share, sensitivity, specificity]) {
    if (!(x >= 0 && x <= 1)) throw new RangeError(`${x} is no share between 0 and 1`);
  }
  const surplus = sensitivity + specificity - 1;
  if (surplus <= 0)
    throw new UserError(
      `corrected share: sensitivity ${sensitivity} and specificity ${specificity} are no better than guessing`,
      { hint: "their sum has to be above 1; code a sample of this collection instead" },
    );
  return surplus;
}

function correctedShare(raw: number, interval: Interval | undefined): CorrectedShare {
  return { raw, share: Math.min(1, Math.max(0, raw)), isOutside: raw < 0 || raw > 1, interval };
}

function rateOf(count: number, total: number): number {
  if (!(total > 0 && count >= 0 && count <= total)) throw new RangeError(`${count} of ${total}`);
  return count / total;
}
