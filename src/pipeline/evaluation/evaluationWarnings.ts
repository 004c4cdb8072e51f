import type { Evaluation } from "../../validation/evaluation.ts";
import { fewestTrueImages } from "../../validation/fewestTrueImages.ts";
import type { TellingOverlap } from "../samples/sampleOverlap.ts";
import { groupWarning } from "./groupsOf.ts";
import { overlapWarning } from "./overlapWarning.ts";

/** Share of the sample without a true category from which on the reader has to be told. */
const muchMissing = 0.05;

/** What a reader has to know before believing a report's figures, the gravest first. */
export function evaluationWarnings(
  evaluation: Pick<
    Evaluation,
    "categories" | "sample" | "run" | "gold" | "coverage" | "reliability" | "quality" | "groups"
  >,
  {
    unclassified,
    overlaps,
  }: {
    readonly unclassified: number;
    readonly overlaps: readonly TellingOverlap[];
  },
): readonly string[] {
  const { categories, sample, run, gold, coverage, reliability, quality, groups } = evaluation;
  const warnings: string[] = [];
  if (sample.purpose !== "test") {
    warnings.push(
      `This is a ${sample.purpose} sample. Figures for publication come from a test sample on which nothing was tuned.`,
    );
  }
  if (sample.purpose === "test" && sample.freezes.length === 0) {
    warnings.push(
      "The codebook was not frozen. If it was changed after a look at these results, they are too good.",
    );
  }
  if (new Set(sample.freezes.map(({ sha256 }) => sha256)).size > 1) {
    warnings.push(`The codebook was frozen ${sample.freezes.length} times: it changed in between.`);
  }
  warnings.push(...overlaps.map(overlapWarning));
  if (sample.freezes.length > 0 && !sample.freezes.some(({ sha256 }) => sha256 === run.digest)) {
    warnings.push(
      `Run ${run.id} is not what was frozen: its codebook, model or settings may have been chosen after a look at these results.`,
    );
  }
  if (coverage.uncovered.length > 0) {
    const { uncovered, coveredSize, size } = coverage;
    warnings.push(
      `Nothing is known of ${uncovered.map(({ label }) => `"${label}"`).join(", ")} ` +
        `(${size - coveredSize} images): none of their images has a true category. ` +
        `All figures are about the other ${coveredSize} images.`,
    );
  }
  if (unclassified > 0) {
    warnings.push(
      unclassified === 1
        ? `1 image that could be drawn has no prediction in run ${run.id}, and is in no figure.`
        : `${unclassified} images that could be drawn have no prediction in run ${run.id}, and are in no figure.`,
    );
  }
  const missing = sum(Object.values(gold.missing));
  if (missing > muchMissing * sample.size) {
    warnings.push(
      `${missing} of ${sample.size} drawn images have no true category. The figures hold if they are like the others of their stratum.`,
    );
  }
  if (gold.missing.disagreement > 0) {
    warnings.push(
      `The coders have no majority on ${gold.missing.disagreement === 1 ? "1 image, which has" : `${gold.missing.disagreement} images, which have`} no true category. Such images are harder than others, and without them the figures are too good: adjudicate them.`,
    );
  }
  if (
    gold.rule.kind === "adjudicated" &&
    sum(Object.values(gold.adjudicationSources)) > 0 &&
    gold.by.majority > 0
  ) {
    warnings.push(
      `${gold.by.majority} ${gold.by.majority === 1 ? "disagreement was" : "disagreements were"} decided by majority, not adjudicated.`,
    );
  }
  if (!run.isSampledRun && sample.design.spec.kind === "uncertainty") {
    warnings.push(
      "The sample was drawn by another run's uncertainty: intervals of rare categories are rough, and may be too narrow.",
    );
  }
  if (gold.rule.kind !== "coder" && gold.by.coder > 0 && reliability.coders.length > 1) {
    warnings.push(`${gold.by.coder} of ${gold.known} true categories come from one coder only.`);
  }
  if (reliability.coders.length === 1) {
    warnings.push("There is one coder only: nobody can say how reliable the true categories are.");
  }
  const low = reliability.alpha.interval?.low ?? reliability.alpha.value;
  if (low !== undefined && low < 0.667) {
    warnings.push(
      "The coders' agreement may be below .667, the lowest limit that Krippendorff gives: errors of the model and of the coders cannot be told apart.",
    );
  }
  const rare = quality.perCategory.filter(({ trueCount }) => trueCount < fewestTrueImages);
  if (rare.length > 0) {
    warnings.push(
      `Fewer than ${fewestTrueImages} coded images are truly ${rare.map(({ category }) => `"${categories[category]}"`).join(", ")}: ` +
        "do not interpret recall and F1 of these.",
    );
  }
  warnings.push(...groups.flatMap((grouped) => groupWarning(grouped) ?? []));
  return warnings;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
