import { describe, expect, it } from "vitest";
import { type ClassificationMetric, linearisedMetric, metricOf } from "../../src/stats/linearisedMetric.ts";

// scikit-learn 1.9.1's example metrics of the confusion matrix of 80 units, rows true.
const matrix = [
  [19, 4, 3, 2],
  [1, 8, 0, 1],
  [1, 3, 19, 2],
  [2, 2, 1, 12],
];

const metrics: readonly ClassificationMetric[] = [
  ...(["accuracy", "macroPrecision", "balancedAccuracy", "macroF1", "kappa"] as const).map((kind) => ({
    kind,
  })),
  ...(["precision", "recall", "f1", "trueShare", "predictedShare"] as const).map((kind) => ({
    kind,
    category: 1,
  })),
];

describe("a metric of the weighted confusion matrix", () => {
  it("equals scikit-learn", () => {
    const values = [0.725, 0.7071611253196931, 0.7361134453781513, 0.7088099128540305, 0.6272765777213045];
    const perCategory = [0.47058823529411764, 0.8, 0.5925925925925926, 10 / 80, 17 / 80];
    for (const [index, expected] of [...values, ...perCategory].entries())
      expect(metricOf(matrix, metrics[index] as ClassificationMetric)).toBeCloseTo(expected, 14);
  });

  it("has as derivatives what small changes of the cells do", () => {
    for (const metric of metrics) {
      const { derivative } = linearisedMetric(matrix, metric) ?? { derivative: [] };
      for (const [k, row] of matrix.entries()) {
        for (const j of row.keys()) {
          const at = (change: number) =>
            metricOf(
              matrix.map((cells, r) => cells.map((cell, c) => cell + (r === k && c === j ? change : 0))),
              metric,
            ) as number;
          const slope = (at(1e-4) - at(-1e-4)) / 2e-4;
          expect(derivative[k]?.[j], `${JSON.stringify(metric)} at ${k}, ${j}`).toBeCloseTo(slope, 8);
        }
      }
    }
  });

  it("has influences that add up to 0", () => {
    for (const metric of metrics) {
      const { derivative } = linearisedMetric(matrix, metric) ?? { derivative: [] };
      const sum = matrix.flatMap((row, k) => row.map((cell, j) => cell * (derivative[k]?.[j] as number)));
      expect(sum.reduce((total, value) => total + value, 0)).toBeCloseTo(0, 12);
    }
  });

  it("is not defined where nothing was predicted, true, or varied", () => {
    const absent = [
      [3, 0, 2],
      [0, 0, 0],
      [1, 0, 4],
    ];
    expect(metricOf(absent, { kind: "precision", category: 1 })).toBeUndefined();
    expect(metricOf(absent, { kind: "recall", category: 1 })).toBeUndefined();
    expect(metricOf(absent, { kind: "f1", category: 1 })).toBeUndefined();
    // The mean over the two that are: (6 / 9 + 8 / 11) / 2.
    expect(metricOf(absent, { kind: "macroF1" })).toBeCloseTo((6 / 9 + 8 / 11) / 2, 14);
    expect(metricOf([[5]], { kind: "kappa" })).toBeUndefined();
    expect(linearisedMetric([[0]], { kind: "accuracy" })).toBeUndefined();
    expect(() => metricOf(absent, { kind: "recall", category: 3 })).toThrow(RangeError);
  });

  it("gives F1 of 0, not undefined, where only one side is empty", () => {
    const missed = [
      [3, 0],
      [2, 0],
    ];
    expect(metricOf(missed, { kind: "f1", category: 1 })).toBe(0);
    expect(metricOf(missed, { kind: "precision", category: 1 })).toBeUndefined();
  });
});
