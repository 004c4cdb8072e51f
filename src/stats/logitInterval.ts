import { studentTQuantile } from "./distributions/studentT.ts";
import type { Interval } from "./wilsonInterval.ts";

/**
 * The interval of a value between 0 and 1 that is symmetric on the logit scale, with Student's t quantile (Korn and Graubard 1999,
 * "Analysis of Health Surveys"; the standard error by the delta method). `level` is 95% unless told.
 *
 * @returns undefined at 0 and 1, where the logit is not defined, or without degrees of freedom
 * @throws RangeError for a value outside 0..1 or a negative standard error
 */
export function logitInterval(
  value: number,
  standardError: number,
  degreesOfFreedom: number,
  { level = 0.95 }: { readonly level?: number } = {},
): Interval | undefined {
  if (!(value >= 0 && value <= 1 && standardError >= 0))
    throw new RangeError(`a value of ${value} with the standard error ${standardError}`);
  if (value === 0 || value === 1 || !(degreesOfFreedom > 0)) return undefined;
  const half = (studentTQuantile((1 + level) / 2, degreesOfFreedom) * standardError) / (value * (1 - value));
  const centre = Math.log(value / (1 - value));
  return { low: 1 / (1 + Math.exp(half - centre)), high: 1 / (1 + Math.exp(-half - centre)) };
}
