import { groupErrors } from "../../stats/groupErrors.ts";
import { weightedShare } from "../../stats/weightedShare.ts";
import { estimated, notEstimable } from "../../validation/estimate.ts";
import type { Estimate } from "../../validation/evaluation.ts";
import type { Response } from "./responseDesign.ts";

/** Errors, or right answers, to be expected in a group that is compared by itself (Cochran 1954, "Some methods for strengthening the common chi-square tests", Biometrics 10). */
const fewestExpected = 5;

/** The same of the groups that are joined because they have fewer, as Cochran allows. */
const fewestExpectedOfRest = 1;

/** The share of wrong predictions among a group's distinct images. `[n]`, `[n]` */
export function groupErrorRate(
  isWrong: readonly boolean[],
  { design }: Response,
  isMember: readonly boolean[],
): Estimate {
  const found = weightedShare(isWrong, { design }, isMember);
  if (found === undefined) return notEstimable("none of its images is coded");
  return estimated(found.share, {
    interval: found.interval,
    method: "Wilson at the effective sample size",
  });
}

/**
 * The p-value of equal errors in all groups, by `groupErrors`. Groups in which too few errors or right answers are to be expected are joined
 * into one; an image that several groups show counts with the first.
 * @param groupOfImages undefined: no unit of the run shows it. `[n]`
 * @returns undefined where fewer than two groups are left, or too little is to be expected of the joined ones
 */
export function groupDifference(
  isWrong: readonly boolean[],
  { design, weights }: Response,
  groupOfImages: readonly (number | undefined)[],
): number | undefined {
  const groups = groupOfImages.map((group) => (group === undefined ? "" : String(group)));
  const overall = weightedShare(isWrong, { design });
  if (overall === undefined) return undefined;
  const weightOf = new Map<string, number>();
  for (const [i, group] of groups.entries())
    weightOf.set(group, (weightOf.get(group) ?? 0) + (weights[i] as number));
  const expectedOf = (group: string) =>
    ((overall.count * (weightOf.get(group) as number)) / overall.weight) *
    Math.min(overall.share, 1 - overall.share);
  const joined = groups.map((group) => (expectedOf(group) >= fewestExpected ? group : "rest"));
  const { test } = groupErrors(joined, isWrong, { design });
  return test === undefined || test.smallestExpected < fewestExpectedOfRest ? undefined : test.p;
}
