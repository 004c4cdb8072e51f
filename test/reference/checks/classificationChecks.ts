import { accuracy } from "../../../src/stats/accuracy.ts";
import { balancedAccuracy } from "../../../src/stats/balancedAccuracy.ts";
import { brierScore, halfBrierScore } from "../../../src/stats/brierScore.ts";
import { confusionMatrix } from "../../../src/stats/confusionMatrix.ts";
import { expectedCalibrationError } from "../../../src/stats/expectedCalibrationError.ts";
import { logLoss } from "../../../src/stats/logLoss.ts";
import { macroF1, macroPrecision } from "../../../src/stats/macroF1.ts";
import { matthewsCorrelation } from "../../../src/stats/matthewsCorrelation.ts";
import { mcnemarTest } from "../../../src/stats/mcnemarTest.ts";
import { precisionRecallF1 } from "../../../src/stats/precisionRecallF1.ts";
import { reliabilityCurve } from "../../../src/stats/reliabilityCurve.ts";
import { scaleByTemperature, temperatureScaling } from "../../../src/stats/temperatureScaling.ts";
import { topKAccuracy } from "../../../src/stats/topKAccuracy.ts";
import { weightedF1, weightedPrecision } from "../../../src/stats/weightedF1.ts";
import type { Comparison, ReferenceVector, VectorCheck } from "../referenceVector.ts";
import { checkClassificationBundle } from "./classificationBundleCheck.ts";
import {
  cellPairs,
  cellsOf,
  compared,
  curvePairs,
  listed,
  topCalibration,
  truthOf,
} from "./classificationValues.ts";

/** Checks by statistic. */
export const classificationChecks: Readonly<Record<string, VectorCheck>> = {
  confusion_matrix: (vector) => compared(vector, cellPairs(cellsOf(vector), vector.expected.matrix)),
  precision_recall_f1: checkPrecisionRecallF1,
  f1_zero_division: (vector) => {
    const { y_true, y_pred, positive } = vector.inputs;
    const f1 = precisionRecallF1(confusionMatrix(y_true, y_pred, { categoryCount: 2 }))[positive]?.f1;
    return compared(vector, { F1: [f1, vector.expected.zero_division_nan] });
  },
  balanced_accuracy: (vector) =>
    compared(vector, {
      "balanced accuracy": [balancedAccuracy(cellsOf(vector)).value, vector.expected.balanced_accuracy],
    }),
  mcc: (vector) => compared(vector, { MCC: [matthewsCorrelation(cellsOf(vector)), vector.expected.mcc] }),
  top_k_accuracy: (vector) => {
    const { y_score, y_true, k, cases } = vector.inputs as TopKInputs;
    return compared(
      vector,
      listed(
        "case",
        cases.map((own) => topKAccuracy(y_score, own.y_true ?? y_true, own.k ?? k, { ties: "last" })),
        cases.map(({ expected }) => expected),
      ),
    );
  },
  brier: checkBrier,
  brier_multiclass: (vector) =>
    compared(vector, {
      "Brier score": [
        brierScore(vector.inputs.y_prob, truthOf(vector)),
        vector.expected.brier_sum_over_classes,
      ],
    }),
  log_loss: (vector) =>
    compared(vector, {
      "log loss": [logLoss(vector.inputs.y_prob, truthOf(vector)), vector.expected.log_loss],
    }),
  calibration_curve: (vector) => {
    const { y_true, y_prob, n_bins, strategy } = vector.inputs;
    const bins = strategy === "quantile" ? "equal-mass" : "equal-width";
    const curve = reliabilityCurve(y_prob, y_true.map(Boolean), { bins, binCount: n_bins });
    return compared(vector, curvePairs(curve, vector.expected));
  },
  ece: (vector) => {
    const { y_true, y_prob, y_prob_positive, n_bins } = vector.inputs;
    const options = { bins: "equal-width", binCount: n_bins } as const;
    const error =
      y_prob === undefined
        ? expectedCalibrationError(y_prob_positive, y_true.map(Boolean), options)
        : topCalibration(y_prob, y_true, options);
    const { ece_l1, rmsce_l2, mce_max } = vector.expected;
    return compared(vector, {
      ECE: [error?.expected, ece_l1],
      RMSCE: [error?.rootMeanSquare, rmsce_l2],
      MCE: [error?.maximum, mce_max],
    });
  },
  classification_bundle: checkClassificationBundle,
  temperature_scaling: checkTemperature,
  mcnemar: checkMcNemar,
};

interface TopKInputs {
  readonly y_score: readonly (readonly number[])[];
  readonly y_true: readonly number[];
  readonly k: number;
  readonly cases: readonly {
    readonly y_true?: readonly number[];
    readonly k?: number;
    readonly expected: number;
  }[];
}

function checkPrecisionRecallF1(vector: ReferenceVector): readonly Comparison[] {
  const cells = cellsOf(vector);
  const { expected } = vector;
  const quality = precisionRecallF1(cells);
  const own = accuracy(cells);
  const means = [macroPrecision(cells), balancedAccuracy(cells), macroF1(cells)].map(({ value }) => value);
  const lists: readonly (readonly [string, readonly (number | undefined)[]])[] = [
    ["precision", quality.map(({ precision }) => precision)],
    ["recall", quality.map(({ recall }) => recall)],
    ["f1", quality.map(({ f1 }) => f1)],
    ["support", quality.map(({ trueTotal }) => trueTotal)],
    ["macro", means],
    ["micro", [own, own, own]],
    ["weighted", [weightedPrecision(cells), own, weightedF1(cells)]],
  ];
  const singles: readonly (readonly [string, number | undefined])[] = [
    ["macro_f1_zero", macroF1(cells).value],
    ["macro_f1_nan_excluded", macroF1(cells).value],
    ["accuracy", own],
    ["balanced_accuracy_classes_with_support", balancedAccuracy(cells).value],
  ];
  return [
    ...lists.flatMap(([name, values]) => {
      const wanted = expected[name] ?? expected[`${name}_nan`];
      return wanted === undefined ? [] : compared(vector, listed(name, values, wanted));
    }),
    ...singles.flatMap(([name, value]) =>
      expected[name] === undefined ? [] : compared(vector, { [name]: [value, expected[name]] }),
    ),
    ...(expected.matrix === undefined ? [] : compared(vector, cellPairs(cells, expected.matrix))),
  ];
}

function checkBrier(vector: ReferenceVector): readonly Comparison[] {
  const { y_true, y_prob } = vector.inputs;
  const { brier, brier_half_scaled, brier_two_class_sum } = vector.expected;
  const rows = y_prob.map((probability: number) => [1 - probability, probability]);
  const half = brier ?? brier_half_scaled;
  return compared(vector, {
    half: [halfBrierScore(rows, y_true), half],
    sum: [brierScore(rows, y_true), brier_two_class_sum ?? 2 * half],
  });
}

function checkTemperature(
  vector: ReferenceVector,
  find: (id: string) => ReferenceVector,
): readonly Comparison[] {
  const { logits, y_true, sample_weight: weights } = find(vector.inputs.ref).inputs;
  const { expected } = vector;
  const temperature = temperatureScaling(logits, y_true) ?? Number.NaN;
  const before = logits.map((row: number[]) => scaleByTemperature(row, 1));
  const after = logits.map((row: number[]) => scaleByTemperature(row, temperature));
  return compared(vector, {
    T: [temperature, expected.T],
    "T of scikit-learn": [temperature, expected.sklearn_T],
    "T weighted": [temperatureScaling(logits, y_true, { weights }), expected.T_weighted],
    "log loss before": [logLoss(before, y_true), expected.nll_before],
    "log loss after": [logLoss(after, y_true), expected.nll_after],
    "ECE after": [
      topCalibration(after, y_true, { bins: "equal-width", binCount: 10 })?.expected,
      expected.ece10_after,
    ],
  });
}

function checkMcNemar(vector: ReferenceVector): readonly Comparison[] {
  const [[, onlyFirst], [onlySecond]] = vector.inputs.table ?? vector.inputs.table_A_correct_x_B_correct;
  const test = mcnemarTest(onlyFirst, onlySecond);
  const values: readonly (readonly [string, number | undefined])[] = [
    ["exact_p", test?.exactP],
    ["chi2", test?.chiSquare],
    ["p", test?.p],
    ["chi2_cc", test?.correctedChiSquare],
    ["p_cc", test?.correctedP],
  ];
  return values.flatMap(([name, value]) => {
    const expected: number | undefined = vector.expected[name];
    if (expected === undefined) return [];
    // 62^2 / 180 = 21.35555... is printed as 21.35556, further away than the tolerance: what is printed is compared as printed.
    const decimals = String(expected).split(".")[1]?.length ?? 0;
    const isPrinted = vector.kind === "published" && name.startsWith("chi2");
    const actual = isPrinted && value !== undefined ? Number(value.toFixed(decimals)) : value;
    return compared(vector, { [name]: [actual, expected] });
  });
}
