import { clopperPearsonInterval } from "./clopperPearsonInterval.ts";
import { studentTQuantile } from "./distributions/studentT.ts";
import type { Interval } from "./wilsonInterval.ts";

/** A share estimated from a sample with a design. */
export interface EstimatedShare {
  /** 0..1 */
  readonly share: number;
  readonly standardError: number;
  /** Units in the sample. */
  readonly sampleSize: number;
  /** Units less strata. */
  readonly degreesOfFreedom: number;
}

/** A standard error below this is 0 but for roundings. */
const noWidth = 1e-9;

/**
 * The interval of a share under a sampling design: Clopper and Pearson's at the effective sample size `p (1 - p) / SE^2`, made smaller
 * for the design's degrees of freedom by `(t_(n - 1) / t_df)^2` (Korn and Graubard 1998, "Confidence Intervals for Proportions with
 * Small Expected Number of Positive Counts Estimated from Survey Data", Survey Methodology 24; the effective size is not
 * kept below n, as in the R package survey's `svyciprop(method = "beta")`). Where the sample has no variance at 0 or 1, the effective
 * size is n. `level` is 95% unless told.
 *
 * @returns undefined without degrees of freedom
 * @throws RangeError for a share outside 0..1 or a negative standard error
 */
export function kornGraubardInterval(
  { share, standardError, sampleSize, degreesOfFreedom }: EstimatedShare,
  { level = 0.95 }: { readonly level?: number } = {},
): Interval | undefined {
  if (!(share >= 0 && share <= 1 && standardError >= 0))
    throw new RangeError(`a share of ${share} with the standard error ${standardError}`);
  if (!(degreesOfFreedom > 0 && sampleSize > 1)) return undefined;
  const spread = share * (1 - share);
  if (spread > 0 && standardError < noWidth) return { low: share, high: share };
  const outside = (1 - level) / 2;
  const shrinking =
    (studentTQuantile(outside, sampleSize - 1) / studentTQuantile(outside, degreesOfFreedom)) ** 2;
  const effectiveSize = (spread === 0 ? sampleSize : spread / standardError ** 2) * shrinking;
  return clopperPearsonInterval(share * effectiveSize, effectiveSize, { level });
}
