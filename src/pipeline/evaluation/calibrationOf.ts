import { seededRandom } from "../../seededRandom.ts";
import { brierScore } from "../../stats/brierScore.ts";
import { calibrationErrorUnderCalibration } from "../../stats/calibrationErrorUnderCalibration.ts";
import { expectedCalibrationError } from "../../stats/expectedCalibrationError.ts";
import { logLoss } from "../../stats/logLoss.ts";
import { reliabilityCurve } from "../../stats/reliabilityCurve.ts";
import { designWeights, type SamplingDesign } from "../../stats/samplingDesign.ts";
import { temperatureScaling } from "../../stats/temperatureScaling.ts";
import type { Calibration } from "../../validation/evaluation.ts";

/** Images below which bins of probability say nothing. */
const fewestImages = 50;

/** What calibration is computed from. */
export interface CalibrationInput {
  /** As the results table has them, 0..1. `[n]` */
  readonly probabilities: readonly number[];
  /** Of every category, by softmax, adding up to 1; undefined where a model's do not. `[n, K]` */
  readonly categoryProbabilities: readonly (readonly number[])[] | undefined;
  /** A category's probability is that of its phrases, added up, and not that of its mean embedding. */
  readonly areSums: boolean;
  readonly gold: readonly number[];
  readonly predicted: readonly number[];
  /** With the weights of all other figures. */
  readonly design: SamplingDesign;
  readonly seed: number;
}

/**
 * Whether probabilities mean what they say, weighted to the target. All of it judges the same ones: those of the categories where they add up
 * to 1, otherwise those of the table.
 */
export function calibrationOf(input: CalibrationInput): Calibration {
  const { gold, predicted, design, seed } = input;
  const weights = designWeights(design);
  const categories = input.categoryProbabilities;
  const scores = categoryScores(categories, gold, weights);
  const confidences =
    categories?.map((row, i) => row[predicted[i] as number] as number) ?? input.probabilities;
  const quantity =
    categories === undefined
      ? "the table’s probability, a sigmoid of the best phrase’s score"
      : `the predicted category’s probability${input.areSums ? ", its phrases’ added up" : ""}`;
  if (confidences.length < fewestImages) {
    return {
      curve: undefined,
      expectedCalibrationError: undefined,
      errorUnderCalibration: undefined,
      bins: 0,
      ...scores,
      quantity,
      why: `${confidences.length} coded images are too few, it takes ${fewestImages}`,
    };
  }
  const isRight = gold.map((truth, i) => truth === predicted[i]);
  const error = expectedCalibrationError(confidences, isRight, { weights });
  return {
    curve: reliabilityCurve(confidences, isRight, { design }).map((bin) => ({
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
    quantity,
    why: undefined,
  };
}

function categoryScores(
  categories: readonly (readonly number[])[] | undefined,
  gold: readonly number[],
  weights: readonly number[],
): Pick<Calibration, "brier" | "logLoss" | "temperature" | "notEstimable"> {
  if (categories === undefined) {
    const why = "the model's probabilities are sigmoids and do not add up to 1 over the categories";
    const notEstimable = [{ what: "Brier score, log loss and temperature", why }];
    return { brier: undefined, logLoss: undefined, temperature: undefined, notEstimable };
  }
  const temperature = temperatureScaling(
    // The logarithms do as logits; one of 0 counts as the smallest number there is.
    categories.map((row) => row.map((value) => Math.log(Math.max(value, Number.MIN_VALUE)))),
    gold,
    { weights },
  );
  const why = "every image is right, or the true categories' probabilities are no higher than the others'";
  return {
    brier: brierScore(categories, gold, { weights }),
    logLoss: logLoss(categories, gold, { weights }),
    temperature,
    notEstimable: temperature === undefined ? [{ what: "Temperature", why }] : [],
  };
}
