/**
 * A number that judges a classification, as a function of its weighted confusion matrix. `trueShare` is a category's share in the
 * gold standard, `predictedShare` in the predictions. Macro means are over the categories for which the part is defined.
 */
export type ClassificationMetric =
  | { readonly kind: "accuracy" | "macroPrecision" | "balancedAccuracy" | "macroF1" | "kappa" }
  | {
      readonly kind: "precision" | "recall" | "f1" | "trueShare" | "predictedShare";
      readonly category: number;
    };

/** A metric's value, and how it answers to each cell: `derivative[true][predicted]`, per unit of weight. [K, K] */
export interface LinearisedMetric {
  readonly value: number;
  readonly derivative: readonly (readonly number[])[];
}

/**
 * A metric of the weighted confusion matrix `[true][predicted]` [K, K] with its derivative by every cell: the influence `u` of one unit
 * in that cell, by which the metric's variance under a design is `varianceOfTotal` (linearisation: Saerndal, Swensson and Wretman 1992,
 * "Model Assisted Survey Sampling", section 5.5). The weighted sum of all influences is 0.
 *
 * @returns undefined where the metric is not defined: precision without predictions, recall without gold units, F1 without either,
 * kappa without variation
 */
export function linearisedMetric(
  matrix: readonly (readonly number[])[],
  metric: ClassificationMetric,
): LinearisedMetric | undefined {
  const margins = marginsOf(matrix);
  if (margins.total === 0) return undefined;
  const value = valueAt(matrix, margins, metric);
  if (value === undefined) return undefined;
  const influence = influenceOf(matrix, margins, metric);
  return { value, derivative: matrix.map((row, k) => row.map((_, j) => influence(k, j))) };
}

/**
 * A metric of the weighted confusion matrix `[true][predicted]` [K, K]; undefined as for `linearisedMetric`.
 */
export function metricOf(
  matrix: readonly (readonly number[])[],
  metric: ClassificationMetric,
): number | undefined {
  const margins = marginsOf(matrix);
  return margins.total === 0 ? undefined : valueAt(matrix, margins, metric);
}

interface Margins {
  readonly total: number;
  readonly trueTotals: readonly number[];
  readonly predictedTotals: readonly number[];
}

type Influence = (trueCategory: number, predicted: number) => number;

const partOf = { macroPrecision: "precision", balancedAccuracy: "recall", macroF1: "f1" } as const;

function marginsOf(matrix: readonly (readonly number[])[]): Margins {
  const trueTotals = matrix.map((row) => row.reduce((sum, cell) => sum + cell, 0));
  const predictedTotals = matrix.map((_, j) => matrix.reduce((sum, row) => sum + (row[j] as number), 0));
  return { trueTotals, predictedTotals, total: trueTotals.reduce((sum, value) => sum + value, 0) };
}

function valueAt(
  matrix: readonly (readonly number[])[],
  margins: Margins,
  metric: ClassificationMetric,
): number | undefined {
  const { total, trueTotals, predictedTotals } = margins;
  switch (metric.kind) {
    case "accuracy":
      return agreementOf(matrix) / total;
    case "kappa": {
      const chance = chanceOf(margins);
      return chance === 1 ? undefined : (agreementOf(matrix) / total - chance) / (1 - chance);
    }
    case "macroPrecision":
    case "balancedAccuracy":
    case "macroF1": {
      const parts = partsOf(matrix, margins, partOf[metric.kind as keyof typeof partOf]);
      if (parts.length === 0) return undefined;
      return parts.reduce((sum, { value }) => sum + value, 0) / parts.length;
    }
    case "trueShare":
      return at(trueTotals, metric.category) / total;
    case "predictedShare":
      return at(predictedTotals, metric.category) / total;
    case "precision":
      return ratio(diagonal(matrix, metric.category), at(predictedTotals, metric.category));
    case "recall":
      return ratio(diagonal(matrix, metric.category), at(trueTotals, metric.category));
    case "f1":
      return ratio(
        2 * diagonal(matrix, metric.category),
        at(trueTotals, metric.category) + at(predictedTotals, metric.category),
      );
  }
}

/** Only for a metric that is defined. */
function influenceOf(
  matrix: readonly (readonly number[])[],
  margins: Margins,
  metric: ClassificationMetric,
): Influence {
  const { total, trueTotals, predictedTotals } = margins;
  const value = valueAt(matrix, margins, metric) as number;
  switch (metric.kind) {
    case "accuracy":
      return (k, j) => (Number(k === j) - value) / total;
    case "kappa": {
      const accuracy = agreementOf(matrix) / total;
      const chance = chanceOf(margins);
      return (k, j) => {
        const ownChance = (at(trueTotals, j) + at(predictedTotals, k)) / total - 2 * chance;
        const change = (1 - accuracy) / (1 - chance) ** 2;
        return ((Number(k === j) - accuracy) / (1 - chance) - change * ownChance) / total;
      };
    }
    case "macroPrecision":
    case "balancedAccuracy":
    case "macroF1": {
      const kind = partOf[metric.kind as keyof typeof partOf];
      const parts = partsOf(matrix, margins, kind).map(({ category }) =>
        influenceOf(matrix, margins, { kind, category }),
      );
      return (k, j) => parts.reduce((sum, part) => sum + part(k, j), 0) / parts.length;
    }
    case "trueShare":
      return (k) => (Number(k === metric.category) - value) / total;
    case "predictedShare":
      return (_, j) => (Number(j === metric.category) - value) / total;
    case "precision":
      return (k, j) => (j === metric.category ? (Number(k === j) - value) / at(predictedTotals, j) : 0);
    case "recall":
      return (k, j) => (k === metric.category ? (Number(k === j) - value) / at(trueTotals, k) : 0);
    case "f1": {
      const { category } = metric;
      const both = at(trueTotals, category) + at(predictedTotals, category);
      return (k, j) =>
        (2 * Number(k === category && j === category) -
          value * (Number(k === category) + Number(j === category))) /
        both;
    }
  }
}

function partsOf(
  matrix: readonly (readonly number[])[],
  margins: Margins,
  kind: "precision" | "recall" | "f1",
): readonly { readonly category: number; readonly value: number }[] {
  return matrix.flatMap((_, category) => {
    const value = valueAt(matrix, margins, { kind, category });
    return value === undefined ? [] : [{ category, value }];
  });
}

function chanceOf({ total, trueTotals, predictedTotals }: Margins): number {
  return trueTotals.reduce((sum, value, k) => sum + (value / total) * (at(predictedTotals, k) / total), 0);
}

function agreementOf(matrix: readonly (readonly number[])[]): number {
  return matrix.reduce((sum, _, k) => sum + diagonal(matrix, k), 0);
}

function diagonal(matrix: readonly (readonly number[])[], category: number): number {
  return at(matrix[category] ?? [], category);
}

function at(values: readonly number[], index: number): number {
  const value = values[index];
  if (value === undefined) throw new RangeError(`category ${index} of ${values.length}`);
  return value;
}

function ratio(part: number, whole: number): number | undefined {
  return whole === 0 ? undefined : part / whole;
}
