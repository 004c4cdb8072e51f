import { seededRandom } from "../../seededRandom.ts";
import { keptSums } from "../../stats/coveragePrecisionCurve.ts";
import { type PrecisionThreshold, thresholdForPrecision } from "../../stats/thresholdForPrecision.ts";
import { weightedShare } from "../../stats/weightedShare.ts";
import type { Prediction } from "../../store/runStore.ts";
import { estimated, notEstimable } from "../../validation/estimate.ts";
import type { Abstention, Estimate } from "../../validation/evaluation.ts";
import type { Response } from "./responseDesign.ts";

/** By what predictions are left out: the probability, or how far the best of the other categories is behind. */
export type AbstentionScore = Abstention["score"];

/** Precisions that every evaluation names a threshold for. */
const usualTargets = [0.8, 0.9, 0.95];

/** Points of a curve, of which a picture shows no more. */
const mostPoints = 200;

/** A prediction's score, 0..1; in a codebook of one category nothing is behind, and the margin is the probability. */
export function abstentionScore({ probability, runnerUp }: Prediction, score: AbstentionScore): number {
  return score === "probability"
    ? probability
    : Math.max(0, probability - (runnerUp === undefined ? 0 : runnerUp.probability));
}

/** What leaving out the least sure predictions would bring: the whole curve, and a threshold for each of some precisions. */
export function abstentionOf(
  response: Response,
  seed: number,
  score: AbstentionScore = "probability",
): Abstention {
  const { images, design } = response;
  const scores = images.map(({ prediction }) => abstentionScore(prediction, score));
  const isRight = images.map(({ trueCategory, prediction }) => trueCategory === prediction.category);
  const sums = keptSums(scores, isRight, { design });
  const total = sums.at(-1)?.weight ?? 0;
  return {
    score,
    curve: thinned(sums).map(({ threshold, weight, rightWeight }) => ({
      threshold,
      coverage: Math.min(1, weight / total),
      precision: Math.min(1, rightWeight / weight),
    })),
    targets: usualTargets.map((target) => {
      const found = thresholdForPrecision(scores, isRight, seededRandom(seed), { target, design });
      return {
        target,
        threshold: found?.threshold,
        precision: found === undefined ? missingThreshold(images.length) : validatedPrecision(found),
        coverage: found?.coverage,
      };
    }),
  };
}

/** The precision of a threshold on images that it was not chosen on. */
export function validatedPrecision({ precision }: PrecisionThreshold): Estimate {
  if (precision === undefined)
    return notEstimable("in cross-validation no threshold reached the precision, so that nothing was kept");
  return estimated(precision.share, {
    interval: precision.interval,
    method: "five-fold cross-validation, Wilson at the effective sample size",
  });
}

/** The best precision that any threshold reaches on the images themselves, which is too good; undefined without any that counts. */
export function bestPrecision(
  response: Response,
  score: AbstentionScore,
  isCounted?: readonly boolean[],
): { readonly precision: number; readonly threshold: number; readonly coverage: number } | undefined {
  const { images, design } = response;
  const scores = images.map(({ prediction }) => abstentionScore(prediction, score));
  const isRight = images.map(({ trueCategory, prediction }) => trueCategory === prediction.category);
  const sums = keptSums(scores, isRight, { design }, isCounted);
  const total = weightedShare(isRight, { design }, isCounted)?.weight ?? 0;
  let best: ReturnType<typeof bestPrecision>;
  for (const { threshold, weight, rightWeight } of sums) {
    const precision = Math.min(1, rightWeight / weight);
    // Of equally good ones the one that keeps most.
    if (best === undefined || precision >= best.precision)
      best = { precision, threshold, coverage: weight / total };
  }
  return best;
}

function missingThreshold(images: number): Estimate {
  return notEstimable(images < 5 ? "fewer than five images are coded" : "no threshold reaches it");
}

/** The first, the last, and evenly between them. */
function thinned<Point>(points: readonly Point[]): readonly Point[] {
  if (points.length <= mostPoints) return points;
  return Array.from(
    { length: mostPoints },
    (_, i) => points[Math.round((i * (points.length - 1)) / (mostPoints - 1))] as Point,
  );
}
