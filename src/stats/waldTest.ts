import { normalCdf, normalQuantile } from "./distributions/normal.ts";
import type { Interval } from "./wilsonInterval.ts";

/** An estimate with what the normal distribution says of it. */
export interface WaldTest {
  readonly z: number;
  /** Two-sided, of the estimate being 0. */
  readonly pValue: number;
  readonly interval: Interval;
}

/**
 * Wald's test of an estimate against 0 and its interval, both two-sided by the normal distribution, so that they agree: p is below
 * 1 - `level` where the interval leaves 0 out. (R's dsl prints the one-sided p beside the two-sided interval.)
 *
 * @returns undefined for a standard error that is undefined or 0
 * @throws RangeError for a negative standard error, or a level that is not between 0 and 1
 */
export function waldTest(
  estimate: number,
  standardError: number | undefined,
  level = 0.95,
): WaldTest | undefined {
  if (!(level > 0 && level < 1)) throw new RangeError(`a level lies between 0 and 1, not ${level}`);
  if (standardError === undefined || standardError === 0) return undefined;
  if (!(standardError > 0)) throw new RangeError(`a standard error of ${standardError}`);
  const z = estimate / standardError;
  const half = normalQuantile((1 + level) / 2) * standardError;
  return {
    z,
    pValue: 2 * normalCdf(-Math.abs(z)),
    interval: { low: estimate - half, high: estimate + half },
  };
}
