import type { RunComparison } from "../../validation/evaluation.ts";

/** The p-value that says whether two runs are equally often right, and what it is of. */
export interface ComparisonTest {
  /** Two-sided; undefined: not estimable. */
  readonly p: number | undefined;
  /** McNemar's exact test, or the one of the weighted difference in accuracy. */
  readonly kind: "mcnemar" | "weighted";
}

/**
 * McNemar's exact test of a simple random sample. It counts every image once, so that of another design the weighted difference in
 * accuracy is tested.
 */
export function comparisonTest({ isSimpleRandom, mcnemar, accuracy }: RunComparison): ComparisonTest {
  return isSimpleRandom ? { p: mcnemar?.exactP, kind: "mcnemar" } : { p: accuracy.p, kind: "weighted" };
}
