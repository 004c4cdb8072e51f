import { accuracy } from "../../../src/stats/accuracy.ts";
import { balancedAccuracy } from "../../../src/stats/balancedAccuracy.ts";
import { brierScore } from "../../../src/stats/brierScore.ts";
import { classwiseCalibrationError } from "../../../src/stats/classwiseCalibrationError.ts";
import { confusionKappa } from "../../../src/stats/confusionKappa.ts";
import { confusionMatrix } from "../../../src/stats/confusionMatrix.ts";
import { logLoss } from "../../../src/stats/logLoss.ts";
import { macroF1, macroPrecision } from "../../../src/stats/macroF1.ts";
import { matthewsCorrelation } from "../../../src/stats/matthewsCorrelation.ts";
import { precisionRecallF1 } from "../../../src/stats/precisionRecallF1.ts";
import { reliabilityCurve } from "../../../src/stats/reliabilityCurve.ts";
import { scaleByTemperature } from "../../../src/stats/temperatureScaling.ts";
import { topKAccuracy } from "../../../src/stats/topKAccuracy.ts";
import { weightedF1, weightedPrecision } from "../../../src/stats/weightedF1.ts";
import type { Comparison, ReferenceVector } from "../referenceVector.ts";
import { bestOf, cellPairs, compared, curvePairs, listed, topCalibration } from "./classificationValues.ts";

/** Every measure of one classification, without and with weights. */
export function checkClassificationBundle(vector: ReferenceVector): readonly Comparison[] {
  return [...checkUnweighted(vector), ...checkWeighted(vector)];
}

function checkUnweighted(vector: ReferenceVector): readonly Comparison[] {
  const { y_true, logits } = vector.inputs;
  const expected = vector.expected.unweighted;
  const rows = logits.map((row: number[]) => scaleByTemperature(row, 1));
  const cells = confusionMatrix(y_true, rows.map(bestOf), { categoryCount: 4 });
  const quality = precisionRecallF1(cells);
  const equalWidth = { bins: "equal-width", binCount: 10 } as const;
  const ece10 = topCalibration(rows, y_true, equalWidth);
  const confidences = rows.map((row: number[]) => Math.max(...row));
  const isRight = rows.map((row: number[], unit: number) => bestOf(row) === y_true[unit]);
  const filled = expected.reliability_10.filter(({ n }: { n: number }) => n > 0);
  const curve = reliabilityCurve(confidences, isRight, equalWidth);
  return compared(vector, {
    ...cellPairs(cells, expected.confusion_matrix_rows_true),
    accuracy: [accuracy(cells), expected.accuracy],
    ...listed(
      "precision",
      quality.map(({ precision }) => precision),
      expected.precision,
    ),
    ...listed(
      "recall",
      quality.map(({ recall }) => recall),
      expected.recall,
    ),
    ...listed(
      "F1",
      quality.map(({ f1 }) => f1),
      expected.f1,
    ),
    ...listed(
      "support",
      quality.map(({ trueTotal }) => trueTotal),
      expected.support,
    ),
    ...listed(
      "macro",
      [macroPrecision(cells), balancedAccuracy(cells), macroF1(cells)].map(({ value }) => value),
      expected.macro,
    ),
    ...listed("weighted", [weightedPrecision(cells), accuracy(cells), weightedF1(cells)], expected.weighted),
    ...listed("micro", [accuracy(cells), accuracy(cells), accuracy(cells)], expected.micro),
    "balanced accuracy": [balancedAccuracy(cells).value, expected.balanced_accuracy],
    kappa: [confusionKappa(cells), expected.cohen_kappa],
    MCC: [matthewsCorrelation(cells), expected.mcc],
    "log loss": [logLoss(rows, y_true), expected.log_loss],
    "Brier score": [brierScore(rows, y_true), expected.brier_sum],
    "top 1": [topKAccuracy(rows, y_true, 1), expected.top1],
    "top 2": [topKAccuracy(rows, y_true, 2), expected.top2],
    "top 3": [topKAccuracy(rows, y_true, 3), expected.top3],
    "ECE, 15 bins": [
      topCalibration(rows, y_true, { bins: "equal-width", binCount: 15 })?.expected,
      expected.ece_15_right_closed,
    ],
    "ECE, 10 bins": [ece10?.expected, expected.ece_10_right_closed],
    MCE: [ece10?.maximum, expected.mce_10],
    RMSCE: [ece10?.rootMeanSquare, expected.rmsce_10],
    ...listed(
      "count",
      curve.map(({ count }) => count),
      filled.map(({ n }: { n: number }) => n),
    ),
    ...listed(
      "weight",
      curve.map(({ weight }) => weight),
      filled.map(({ weight }: { weight: number }) => weight),
    ),
    ...listed(
      "mean confidence",
      curve.map(({ meanConfidence }) => meanConfidence),
      filled.map(({ conf }: { conf: number }) => conf),
    ),
    ...listed(
      "bin's share right",
      curve.map(({ shareRight }) => shareRight),
      filled.map(({ acc }: { acc: number }) => acc),
    ),
    "ECE, equal mass": [
      topCalibration(rows, y_true, { binCount: 10 })?.expected,
      expected.adaptive_ece_10_equal_mass,
    ],
    "classwise ECE": [classwiseCalibrationError(rows, y_true, equalWidth).value, expected.classwise_ece_10],
    ...curvePairs(
      reliabilityCurve(confidences, isRight, { binCount: 5 }),
      expected.calibration_curve_quantile5,
    ),
  }).concat({
    what: "macro-F1",
    actual: macroF1(cells).value,
    expected: expected.harmonic_mean_of_macroP_macroR_NOT_macroF1,
    tolerance: 1e-6,
    isTrap: true,
  });
}

function checkWeighted(vector: ReferenceVector): readonly Comparison[] {
  const { y_true, logits, sample_weight: weights } = vector.inputs;
  const expected = vector.expected.weighted;
  const rows = logits.map((row: number[]) => scaleByTemperature(row, 1));
  const cells = confusionMatrix(y_true, rows.map(bestOf), { categoryCount: 4, weights });
  const quality = precisionRecallF1(cells);
  return compared(vector, {
    ...cellPairs(cells, expected.confusion),
    accuracy: [accuracy(cells), expected.accuracy],
    ...listed(
      "precision",
      quality.map(({ precision }) => precision),
      expected.precision,
    ),
    ...listed(
      "recall",
      quality.map(({ recall }) => recall),
      expected.recall,
    ),
    ...listed(
      "F1",
      quality.map(({ f1 }) => f1),
      expected.f1,
    ),
    "macro-F1": [macroF1(cells).value, expected.macro_f1],
    kappa: [confusionKappa(cells), expected.cohen_kappa],
    MCC: [matthewsCorrelation(cells), expected.mcc],
    "log loss": [logLoss(rows, y_true, { weights }), expected.log_loss],
    "Brier score": [brierScore(rows, y_true, { weights }), expected.brier_sum],
    "ECE, 10 bins": [
      topCalibration(rows, y_true, { bins: "equal-width", binCount: 10, weights })?.expected,
      expected.ece_10,
    ],
  }).map((comparison) => ({ ...comparison, what: `weighted ${comparison.what}` }));
}
