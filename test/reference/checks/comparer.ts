import type { Interval } from "../../../src/stats/wilsonInterval.ts";
import type { Comparison } from "../referenceVector.ts";

/** Collects comparisons that share a tolerance. */
export class Comparer {
  readonly all: Comparison[] = [];
  readonly tolerance: number;

  constructor(tolerance = 1e-9) {
    this.tolerance = tolerance;
  }

  add(
    what: string,
    actual: number | undefined,
    expected: number | null,
    tolerance = this.tolerance,
    isTrap = false,
  ): void {
    if (expected === undefined) throw new Error(`${what}: nothing is expected`);
    this.all.push({ what, actual, expected, tolerance, isTrap });
  }

  /** Nothing where the vector has no such value. */
  addIfAny(
    what: string,
    actual: number | undefined,
    expected: number | null | undefined,
    tolerance?: number,
  ): void {
    if (expected !== undefined) this.add(what, actual, expected, tolerance);
  }

  addInterval(
    what: string,
    actual: Interval | undefined,
    [low, high]: readonly [number, number],
    tolerance?: number,
    isTrap?: boolean,
  ): void {
    this.add(`${what}, low`, actual?.low, low, tolerance, isTrap);
    this.add(`${what}, high`, actual?.high, high, tolerance, isTrap);
  }
}
