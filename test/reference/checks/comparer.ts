import type { Interval } from "../../../src/stats/wilsonInterval.ts";
import type { Comparison } from "../referenceVector.ts";

/** Collects comparisons that share a tolerance. */
export type Comparer = ReturnType<typeof comparer>;

/** Starts a list of comparisons; an absolute tolerance of their own goes before the shared one. */
export function comparer(shared = 1e-9) {
  const all: Comparison[] = [];
  const add = (
    what: string,
    actual: number | undefined,
    expected: number | null,
    tolerance = shared,
    isTrap = false,
  ): void => {
    if (expected === undefined) throw new Error(`${what}: nothing is expected`);
    all.push({ what, actual, expected, tolerance, isTrap });
  };
  return {
    all,
    add,
    /** Nothing where the vector has no such value. */
    addIfAny(
      what: string,
      actual: number | undefined,
      expected: number | null | undefined,
      tolerance?: number,
    ): void {
      if (expected !== undefined) add(what, actual, expected, tolerance);
    },
    addInterval(
      what: string,
      actual: Interval | undefined,
      [low, high]: readonly [number, number],
      tolerance?: number,
      isTrap?: boolean,
    ): void {
      add(`${what}, low`, actual?.low, low, tolerance, isTrap);
      add(`${what}, high`, actual?.high, high, tolerance, isTrap);
    },
  };
}
