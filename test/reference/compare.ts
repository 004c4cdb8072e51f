import type { Interval } from "../../src/stats/wilsonInterval.ts";
import type { Comparison } from "./referenceVector.ts";

/** A number beside the vector's. */
export function compare(
  what: string,
  actual: number | undefined,
  expected: number | null,
  tolerance: number,
): Comparison {
  return { what, actual, expected, tolerance };
}

/** Numbers beside the vector's list. */
export function list(
  what: string,
  actual: readonly (number | undefined)[] | undefined,
  expected: readonly (number | null)[],
  tolerance: number,
): readonly Comparison[] {
  return expected.map((value, index) => compare(`${what} ${index}`, actual?.[index], value, tolerance));
}

/** An interval beside the vector's `[low, high]`. */
export function pair(
  what: string,
  interval: Interval | undefined,
  expected: readonly number[],
  tolerance: number,
) {
  return list(what, interval && [interval.low, interval.high], expected, tolerance);
}

/** Intervals beside the vector's. */
export function pairs(
  what: string,
  intervals: readonly Interval[] | undefined,
  expected: readonly (readonly number[])[],
  tolerance: number,
) {
  return expected.flatMap((bounds, index) =>
    pair(`${what} of ${index}`, intervals?.[index], bounds, tolerance),
  );
}
