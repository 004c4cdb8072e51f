import { normalQuantile } from "./distributions/normal.ts";
import { studentTQuantile } from "./distributions/studentT.ts";
import type { EstimatedShare } from "./kornGraubardInterval.ts";
import { type Interval, wilsonInterval } from "./wilsonInterval.ts";

/**
 * The interval of a share under a sampling design: Wilson's at the effective sample size `p (1 - p) / SE^2` with Student's t in place
 * of the normal quantile, as the R package survey 4.5 has it (`svyciprop(method = "wilson")`). `level` is 95% unless told.
 *
 * @returns undefined without degrees of freedom, or where the sample has no variance at 0 or 1
 * @throws RangeError for a share outside 0..1 or a negative standard error
 */
export function effectiveWilsonInterval(
  { share, standardError, degreesOfFreedom }: Omit<EstimatedShare, "sampleSize">,
  { level = 0.95 }: { readonly level?: number } = {},
): Interval | undefined {
  if (!(share >= 0 && share <= 1 && standardError >= 0))
    throw new RangeError(`a share of ${share} with the standard error ${standardError}`);
  const spread = share * (1 - share);
  if (!(degreesOfFreedom > 0) || (spread === 0 && standardError === 0)) return undefined;
  if (standardError === 0) return { low: share, high: share };
  const outside = (1 - level) / 2;
  const shrinking = (normalQuantile(outside) / studentTQuantile(outside, degreesOfFreedom)) ** 2;
  const effectiveSize = (spread / standardError ** 2) * shrinking;
  return wilsonInterval(share * effectiveSize, effectiveSize, { level });
}
