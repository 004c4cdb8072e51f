import { UserError } from "../../errors.ts";
import { backCalculationDelta } from "../../stats/backCalculationDelta.ts";
import type { Interval } from "../../stats/wilsonInterval.ts";
import type { Study } from "../../store/openStudy.ts";
import type { Run } from "../../store/runStore.ts";
import { summariseRun } from "../summariseRun.ts";
import type { ErrorRateTable } from "./readErrorRates.ts";

/** A category's share, as predicted and calculated back. */
export interface BackCalculatedShare {
  readonly category: string;
  /** Of the classified units, 0..1. */
  readonly predicted: number;
  /** As the formula gives it, which may lie outside 0..1. */
  readonly corrected: number;
  /** undefined where there is no variance to go by. */
  readonly standardError: number | undefined;
  /** 95%, of `corrected`. */
  readonly interval: Interval | undefined;
  /** The shares that are possible and fit the predictions best: constrained least squares, 0..1. */
  readonly constrained: number;
  /** Coded images of the other study that truly are of it. */
  readonly codedImages: number;
}

/** A run's shares by error rates of another study. */
export interface BackCalculation {
  readonly runId: number;
  /** Rogan and Gladen's formula where there are two categories. */
  readonly method: "Rogan-Gladen" | "matrix back-calculation";
  readonly intervalMethod: "delta method, normal";
  /** Classified ones. */
  readonly units: number;
  /** Of the other study. */
  readonly codedImages: number;
  readonly isWeighted: boolean;
  /** Some corrected share lies outside 0..1: the error rates do not fit these predictions. */
  readonly isOutside: boolean;
  readonly shares: readonly BackCalculatedShare[];
}

/**
 * A run's category shares, corrected by error rates from another study (`backCalculationDelta`). They have to hold in this collection:
 * images of each true category have to be predicted as each category as often here as there.
 * @throws UserError for a run without predictions, a category that nobody coded there, and error rates that do not tell categories apart
 */
export function backCalculateShares(study: Study, run: Run, rates: ErrorRateTable): BackCalculation {
  const { categories } = summariseRun(study, run);
  const predicted = categories.map(({ count }) => count);
  const units = predicted.reduce((sum, count) => sum + count, 0);
  if (units === 0)
    throw new UserError(`run ${run.id} has no classified unit`, { hint: "name another run with --run" });
  const codedImages = rates.counts.map((row) => row.reduce((sum, count) => sum + count, 0));
  const unknown = categories.find((_, category) => codedImages[category] === 0);
  if (unknown !== undefined)
    throw new UserError(`${rates.path}: no coded image truly is of "${unknown.name}"`, {
      hint: "its error rates are not known; code a sample of this collection instead: clipbook sample",
    });
  const back = backCalculationDelta({ counts: rates.counts, weighted: rates.weighted, predicted });
  return {
    runId: run.id,
    method: categories.length === 2 ? "Rogan-Gladen" : "matrix back-calculation",
    intervalMethod: "delta method, normal",
    units,
    codedImages: codedImages.reduce((sum, count) => sum + count, 0),
    isWeighted: rates.weighted !== undefined,
    isOutside: back.isOutside,
    shares: categories.map(({ name }, category) => ({
      category: name,
      predicted: (predicted[category] as number) / units,
      corrected: back.raw[category] as number,
      standardError: back.standardErrors[category],
      interval: back.intervals[category],
      constrained: back.leastSquares[category] as number,
      codedImages: codedImages[category] as number,
    })),
  };
}
