import { UserError } from "../../errors.ts";
import { seededRandom } from "../../seededRandom.ts";
import { thresholdForPrecision } from "../../stats/thresholdForPrecision.ts";
import type { Run } from "../../store/runStore.ts";
import type { Estimate } from "../../validation/evaluation.ts";
import { type AbstentionScore, abstentionScore, bestPrecision, validatedPrecision } from "./abstentionOf.ts";
import type { Response } from "./responseDesign.ts";

/** The fewest coded images that a threshold is chosen on: one for each fold of its cross-validation. */
export const fewestCoded = 5;

/** From which score on predictions are believed. */
export interface ThresholdSpec {
  readonly score: AbstentionScore;
  /** The precision that is to be reached, 0..1. */
  readonly target: number;
  /** A threshold for every predicted category instead of a single one. */
  readonly isPerCategory: boolean;
  /** The lower end of the precision's 95% interval is to reach it, and not only the estimate. */
  readonly byLowerBound: boolean;
  /** The category of what is withheld; undefined: the codebook's residual one. */
  readonly residual: string | undefined;
  /** Of the folds. */
  readonly seed: number;
}

/** A threshold, or what the best one reaches. */
export interface ChosenThreshold {
  /** Name of the predicted category; undefined: all. */
  readonly category: string | undefined;
  /** How many images with this prediction are coded. */
  readonly coded: number;
  /** A prediction is kept from this score on; undefined: none reaches the precision, and nothing is kept. */
  readonly threshold: number | undefined;
  /** Of images that the threshold was not chosen on. */
  readonly precision: Estimate | undefined;
  /** The share of the images kept in the same way. */
  readonly coverage: number | undefined;
  /** The best precision on the coded images themselves; undefined where none of the category is coded. */
  readonly best: { readonly precision: number; readonly coverage: number } | undefined;
}

/** What is kept of a run's predictions. */
export interface ChosenThresholds {
  readonly residual: string;
  /** One, or one for each category but the residual one, in the codebook's order. */
  readonly thresholds: readonly ChosenThreshold[];
  /** By predicted category, the score from which on it is kept; infinite: never. `[K]` */
  readonly keptFrom: readonly number[];
}

/** @throws UserError where too few images are coded to choose any threshold on; it tells nothing of the results */
export function requireEnoughCoded({ images }: Response): void {
  if (images.length >= fewestCoded) return;
  throw new UserError(
    images.length === 0
      ? "no coded image has a true category and a prediction"
      : `${images.length} coded ${images.length === 1 ? "image is" : "images are"} too few to choose a threshold`,
    { hint: "code at least five; some hundred for a threshold that holds" },
  );
}

/**
 * Chooses the thresholds from which on predictions reach a precision, on a coded sample.
 * @throws UserError where no threshold reaches it, with the best that can be reached, and for a missing or misleading name of what is
 * withheld
 */
export function chooseThresholds(run: Run, response: Response, spec: ThresholdSpec): ChosenThresholds {
  const residual = requireResidual(run, spec.residual);
  requireEnoughCoded(response);
  const names = run.codebook.categories.map(({ name }) => name);
  const groups = spec.isPerCategory
    ? [...names.keys()].filter((category) => names[category] !== residual)
    : [undefined];
  const thresholds = groups.map((category) => chosenThreshold(response, spec, category, names));
  if (thresholds.every(({ threshold }) => threshold === undefined)) throw unreachable(response, spec);
  return {
    residual,
    thresholds,
    keptFrom: names.map((name) => {
      if (!spec.isPerCategory) return thresholds[0]?.threshold as number;
      // What the run says is of the residual category has that one whether it is kept or not.
      if (name === residual) return 0;
      return thresholds.find(({ category }) => category === name)?.threshold ?? Number.POSITIVE_INFINITY;
    }),
  };
}

function chosenThreshold(
  response: Response,
  { score, target, byLowerBound, seed }: ThresholdSpec,
  category: number | undefined,
  names: readonly string[],
): ChosenThreshold {
  const { images, design } = response;
  const isCounted =
    category === undefined ? undefined : images.map(({ prediction }) => prediction.category === category);
  const found = thresholdForPrecision(
    images.map(({ prediction }) => abstentionScore(prediction, score)),
    images.map(({ trueCategory, prediction }) => trueCategory === prediction.category),
    seededRandom(seed),
    { target, design, reachedBy: byLowerBound ? "lowerBound" : "estimate", isCounted },
  );
  return {
    category: category === undefined ? undefined : names[category],
    coded: isCounted === undefined ? images.length : isCounted.filter((is) => is).length,
    threshold: found?.threshold,
    precision: found && validatedPrecision(found),
    coverage: found?.coverage,
    best: bestPrecision(response, score, isCounted),
  };
}

/**
 * The category that what is withheld gets: the one that was named, else the codebook's residual one.
 * @throws UserError for neither, and the name of another category of the codebook
 */
export function requireResidual(run: Run, given: string | undefined): string {
  const { categories } = run.codebook;
  const own = categories.find(({ residual }) => residual === true)?.name;
  const name = given ?? own;
  if (name === undefined) {
    throw new UserError("the codebook has no residual category for what is withheld", {
      hint: 'name one with --residual, as --residual "Not classified"',
    });
  }
  if (name !== own && categories.some((category) => category.name === name)) {
    throw new UserError(`"${name}" is a category of the codebook, and not its residual one`, {
      hint: "what is withheld would pass for it: give --residual another name",
    });
  }
  return name;
}

function unreachable(
  response: Response,
  { score, target, isPerCategory, byLowerBound }: ThresholdSpec,
): UserError {
  const wanted = `${percent(target)} precision`;
  const best = bestPrecision(response, score);
  if (best === undefined) throw new RangeError("no coded image counts");
  const where = isPerCategory ? " in any category" : "";
  const what = byLowerBound ? `${wanted} with the lower end of its interval` : wanted;
  return new UserError(`no threshold of the ${score} reaches ${what}${where}`, {
    hint: `the best of all images together is ${percent(best.precision)} from ${best.threshold.toFixed(4)} on, which keeps ${percent(best.coverage)}: ask for less${byLowerBound ? ", or leave out --lower-bound" : ""}`,
  });
}

function percent(share: number): string {
  return `${(share * 100).toFixed(1).replace(/\.0$/, "")}%`;
}
