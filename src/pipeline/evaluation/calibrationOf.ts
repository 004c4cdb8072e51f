import { seededRandom } from "../../seededRandom.ts";
import { brierScore } from "../../stats/brierScore.ts";
import { calibrationErrorUnderCalibration } from "../../stats/calibrationErrorUnderCalibration.ts";
import { expectedCalibrationError } from "../../stats/expectedCalibrationError.ts";
import { logLoss } from "../../stats/logLoss.ts";
import { reliabilityCurve } from "../../stats/reliabilityCurve.ts";
import { temperatureScaling } from "../../stats/temperatureScaling.ts";
import type { Calibration } from "../../validation/evaluation.ts";

/** Images below which bins of probability say nothing. */
const fewestImages = 50;

/** What calibration is computed from. */
export interface CalibrationInput {
  /** Probability of the predicted category, 0..1. `[n]` */
  readonly confidences: readonly number[];
  /** Probability of every category, by softmax; undefined where a model's do not add up. `[n, K]` */
  readonly probabilities: readonly (readonly number[])[] | undefined;
  readonly gold: readonly number[];
  readonly predicted: readonly number[];
  readonly weights: readonly number[];
  readonly seed: number;
}

/** Whether probabilities mean what they say, weighted to the target. */
export function calibrationOf(input: CalibrationInput): Calibration {
  const { confidences, probabilities, gold, predicted, weights, seed } = input;
  const isRight = gold.map((truth, i) => truth === predicted[i]);
  const sound = probabilities?.every((row) => row.every((value) => value >= 0 && value <= 1));
  const scores = {
    brier: sound && probabilities ? brierScore(probabilities, gold, { weights }) : undefined,
    logLoss: sound && probabilities ? logLoss(probabilities, gold, { weights }) : undefined,
    temperature:
      sound && probabilities
        ? temperatureScaling(
            // The logarithms do as logits; one of 0 counts as the smallest number there is.
            probabilities.map((row) => row.map((value) => Math.log(Math.max(value, Number.MIN_VALUE)))),
            gold,
            { weights },
          )
        : undefined,
  };
  if (confidences.length < fewestImages) {
    return {
      curve: undefined,
      expectedCalibrationError: undefined,
      errorUnderCalibration: undefined,
      bins: 0,
      ...scores,
      why: `${confidences.length} coded images are too few, it takes ${fewestImages}`,
    };
  }
  const error = expectedCalibrationError(confidences, isRight, { weights });
  return {
    curve: reliabilityCurve(confidences, isRight, { weights }).map((bin) => ({
      count: bin.count,
      meanProbability: bin.meanConfidence,
      shareRight: bin.shareRight,
      interval: bin.interval,
    })),
    expectedCalibrationError: error?.expected,
    errorUnderCalibration: calibrationErrorUnderCalibration(confidences, seededRandom(seed), { weights })
      ?.mean,
    bins: error?.binCount ?? 0,
    ...scores,
    why: undefined,
  };
}
