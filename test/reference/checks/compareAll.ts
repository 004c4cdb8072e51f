import type { Comparison } from "../referenceVector.ts";

/** Numbers as vectors have them: single, or in lists of lists; null or undefined where a statistic is not defined. */
export type Numbers = number | null | undefined | readonly Numbers[];

/** Compares every number of two lists of the same form. @throws Error where their forms differ */
export function compareAll(
  what: string,
  actual: Numbers,
  expected: Numbers,
  tolerance: number,
): readonly Comparison[] {
  if (Array.isArray(expected)) {
    if (!Array.isArray(actual) || actual.length !== expected.length)
      throw new Error(`${what} is no list of ${expected.length}`);
    return expected.flatMap((item, i) => compareAll(`${what}[${i}]`, actual[i], item, tolerance));
  }
  return [
    {
      what,
      actual: (actual ?? undefined) as number | undefined,
      expected: (expected ?? null) as number | null,
      tolerance,
    },
  ];
}
