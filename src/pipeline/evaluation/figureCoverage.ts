import { coverageOf, type GoldSample } from "../../stats/goldSample.ts";
import type { Evaluation, FigureCoverage } from "../../validation/evaluation.ts";

/** What part of the images that could be drawn a report's figures are about. @param strata of the sample's design */
export function figureCoverage(
  gold: GoldSample,
  categories: readonly string[],
  strata: Evaluation["gold"]["strata"],
): FigureCoverage {
  const { size, coveredSize, uncoveredStrata, uncoveredPredicted } = coverageOf(gold);
  return {
    size,
    coveredSize,
    uncovered: [
      ...uncoveredStrata
        .flatMap((h) => strata[h] ?? [])
        .map((each) => ({ label: each.label, size: each.size })),
      ...uncoveredPredicted.map((category) => ({
        label: categories[category] ?? "",
        size: gold.predictedSizes?.[category] ?? 0,
      })),
    ],
  };
}
