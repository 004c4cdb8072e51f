import { studentTQuantile } from "./distributions/studentT.ts";
import type { Interval } from "./wilsonInterval.ts";

/**
 * An estimate plus and minus Student's t times its standard error, ending at 1, as for coefficients of agreement (Gwet 2014,
 * "Handbook of Inter-Rater Reliability", 4th ed., chapter 5).
 *
 * @param level 0..1
 * @returns undefined without a standard error, or for one of 0: a few units that are all alike do not make certainty
 */
export function cappedTInterval(
  estimate: number,
  standardError: number | undefined,
  degreesOfFreedom: number,
  level = 0.95,
): Interval | undefined {
  // What is below this are roundings.
  if (standardError === undefined || standardError < 1e-12) return undefined;
  const half = studentTQuantile((1 + level) / 2, degreesOfFreedom) * standardError;
  return { low: estimate - half, high: Math.min(1, estimate + half) };
}
