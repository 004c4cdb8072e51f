import type { RunComparison } from "../../validation/evaluation.ts";

/** The p-value that says whether two runs are equally often right, and what it is of. */
export interface ComparisonTest {
  /** Two-sided; undefined: not estimable. */
  readonly p: number | undefined;
  readonly name: string;
  /** Why it is not McNemar's test; a sentence. undefined where it is. */
  readonly why: string | undefined;
}

/** McNemar's exact test where every image had the same chance to be drawn, else the test of the weighted difference in accuracy. */
export function comparisonTest({ isSimpleRandom, mcnemar, accuracy }: RunComparison): ComparisonTest {
  if (isSimpleRandom) return { p: mcnemar?.exactP, name: "McNemar’s exact test", why: undefined };
  return {
    p: accuracy.p,
    name: "test of the weighted difference in accuracy",
    why: "McNemar’s test counts every image once, and here images had different chances to be drawn.",
  };
}
