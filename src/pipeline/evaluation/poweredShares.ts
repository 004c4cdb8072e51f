import { UserError } from "../../errors.ts";
import type { GoldSample } from "../../stats/goldSample.ts";
import { predictionPoweredMean } from "../../stats/predictionPowered/predictionPoweredMean.ts";
import type { Interval } from "../../stats/wilsonInterval.ts";
import type { Sample } from "../../store/sampleStore.ts";
import { estimated } from "../../validation/estimate.ts";
import type { Evaluation } from "../../validation/evaluation.ts";

/**
 * @throws UserError for a sample that was not drawn at random simply: PPI++ knows no design, and its intervals would be wrong
 */
export function requireSimple({ name, design }: Pick<Sample, "name" | "design">): void {
  if (design.spec.kind === "simple") return;
  throw new UserError(
    `shares by PPI++ need a simple random sample, and sample "${name}" is ${design.spec.kind === "stratified" ? "stratified" : "drawn by uncertainty"}`,
    { hint: "leave --shares away: post-stratified shares fit this design" },
  );
}

/**
 * Every category's share by PPI++ (`predictionPoweredMean`), one lambda for all. It describes the process that the images came from:
 * there is no finite-population correction. Intervals are cut at 0 and 1.
 * @throws UserError where every image is coded, so that no prediction is left to use
 */
export function poweredShares(
  { gold, predicted, categoryCount }: GoldSample,
  predictedSizes: readonly number[],
): Pick<Evaluation, "shares" | "shareMethod"> {
  const rows = predictedSizes.map((_, row) =>
    Array.from({ length: categoryCount }, (_none, column) => Number(row === column)),
  );
  const rowOf = (category: number) => rows[category] as readonly number[];
  const coded = rows.map((_, category) => predicted.filter((other) => other === category).length);
  const uncoded = predictedSizes.flatMap((size, category) =>
    new Array<readonly number[]>(size - (coded[category] as number)).fill(rowOf(category)),
  );
  if (uncoded.length === 0)
    throw new UserError("shares by PPI++: every image has a true category, so that no prediction is needed", {
      hint: "leave --shares away",
    });
  const { means, lambda } = predictionPoweredMean({
    gold: gold.map(rowOf),
    predicted: predicted.map(rowOf),
    uncoded,
  });
  const total = predictedSizes.reduce((sum, size) => sum + size, 0);
  return {
    shares: means.map(({ estimate, standardError, interval }, category) => ({
      category,
      raw: (predictedSizes[category] as number) / total,
      corrected: estimated(estimate, {
        standardError,
        interval: interval && within(interval),
        method: "PPI++, normal",
        why: interval === undefined ? "the coded images do not vary" : undefined,
      }),
    })),
    shareMethod: { kind: "ppi", lambda },
  };
}

function within({ low, high }: Interval): Interval {
  return { low: Math.max(0, low), high: Math.min(1, high) };
}
