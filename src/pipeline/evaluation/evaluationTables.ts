import type { OwnCell, OwnColumn } from "../../tables/ownColumn.ts";
import type { Estimate, Evaluation } from "../../validation/evaluation.ts";
import { evaluationTableColumns } from "./evaluationTableColumns.ts";

/** One of the tables that a report's numbers fill. */
export interface EvaluationTable {
  /** Of its file, without an ending. */
  readonly name: string;
  readonly columns: readonly OwnColumn[];
  readonly rows: readonly (readonly OwnCell[])[];
}

/** A report's numbers as tables, each number in full; shares and probabilities are 0..1. */
export function evaluationTables(evaluation: Evaluation): readonly EvaluationTable[] {
  const { categories, quality, shares, groups, reliability, baselines, abstention, gold } = evaluation;
  const of = (category: number) => categories[category] ?? "";
  return [
    {
      name: "figures",
      columns: evaluationTableColumns.figures,
      rows: [
        ["accuracy", ...cells(quality.accuracy)],
        ["balanced accuracy", ...cells(quality.balancedAccuracy)],
        [
          `macro-F1 (${quality.macroCategories} of ${categories.length} categories)`,
          ...cells(quality.macroF1),
        ],
        ["Cohen's kappa of model and truth", ...cells(quality.kappa)],
        ["Matthews' correlation", ...cells(quality.matthews)],
        ...quality.topK.map(({ k, estimate }) => [`top-${k} accuracy`, ...cells(estimate)]),
        ["Krippendorff's alpha of the coders", ...cells(reliability.alpha)],
        ...reliability.coefficients.map(({ name, estimate }) => [
          `${name} of the coders`,
          ...cells(estimate),
        ]),
        ...ordinalRows(reliability.ordinal),
        ...reliability.pairs.map(({ a, b, kappa }) => [`Cohen's kappa of ${a} and ${b}`, ...cells(kappa)]),
        ...baselines.flatMap(({ name, accuracy, macroF1 }) => [
          [`${name}: accuracy`, accuracy],
          [`${name}: macro-F1`, macroF1],
        ]),
        ...comparisonRows(evaluation.comparison),
      ].map((row) => padded(row, evaluationTableColumns.figures.length)),
    },
    {
      name: "categories",
      columns: evaluationTableColumns.categories,
      rows: quality.perCategory.flatMap(({ category, trueCount, predictedCount, precision, recall, f1 }) => {
        const head = [of(category), trueCount, predictedCount];
        const alpha = reliability.perCategory[category]?.alpha;
        return [
          [...head, "precision", ...cells(precision)],
          [...head, "recall", ...cells(recall)],
          [...head, "F1", ...cells(f1)],
          ...(alpha === undefined ? [] : [[...head, "Krippendorff's alpha", ...cells(alpha)]]),
        ];
      }),
    },
    {
      name: "confusion",
      columns: evaluationTableColumns.confusion,
      rows: quality.counts.flatMap((row, truth) =>
        row.map((count, predicted) => [
          of(truth),
          of(predicted),
          count,
          quality.weighted[truth]?.[predicted],
        ]),
      ),
    },
    {
      name: "shares",
      columns: evaluationTableColumns.shares,
      rows: [
        ...shares.map(({ category, raw, corrected }) => [
          undefined,
          undefined,
          of(category),
          raw,
          ...cells(corrected),
        ]),
        ...groups.flatMap(({ column, groups: values }) =>
          values.flatMap(({ value, shares: own }) =>
            own.map(({ category, raw, corrected }) => [
              column,
              value,
              of(category),
              raw,
              ...cells(corrected),
            ]),
          ),
        ),
      ],
    },
    {
      name: "errors-by-group",
      columns: evaluationTableColumns["errors-by-group"],
      rows: groups.flatMap(({ column, groups: values }) =>
        values.map(({ value, units, coded, error }) => [column, value, units, coded, ...cells(error)]),
      ),
    },
    {
      name: "abstention",
      columns: evaluationTableColumns.abstention,
      rows: abstention.curve.map(({ threshold, coverage, precision }) => [
        abstention.score,
        threshold,
        coverage,
        precision,
      ]),
    },
    {
      name: "response",
      columns: evaluationTableColumns.response,
      rows: gold.strata.map(({ label, size, drawn, known }) => [label, size, drawn, known]),
    },
  ];
}

/** Counts stand in the column of estimates, too. */
function comparisonRows(comparison: Evaluation["comparison"]): readonly (readonly OwnCell[])[] {
  if (comparison === undefined) return [];
  const { firstRunId, secondRun, accuracy, macroF1, mcnemar } = comparison;
  const [first, second] = [`run ${firstRunId}`, `run ${secondRun.id}`];
  return [
    ...[
      { name: "accuracy", metric: accuracy },
      { name: "macro-F1", metric: macroF1 },
    ].flatMap(({ name, metric }) => [
      [`${name} of ${first}, compared images`, metric.first],
      [`${name} of ${second}, compared images`, metric.second],
      [`${name} of ${second} less that of ${first}`, ...cells(metric.difference)],
      [`p of no difference in ${name}, by the design`, metric.p],
    ]),
    [`images that ${first} and ${second} have right`, comparison.bothRight],
    [`images that only ${first} has right`, comparison.onlyFirst],
    [`images that only ${second} has right`, comparison.onlySecond],
    [`images that ${first} and ${second} have wrong`, comparison.bothWrong],
    ...(comparison.isSimpleRandom ? [["p of McNemar's exact test", mcnemar?.exactP]] : []),
  ];
}

function cells(estimate: Estimate): readonly OwnCell[] {
  const { value, standardError, interval, method, why } = estimate;
  return [value, standardError, interval?.low, interval?.high, method, why];
}

function ordinalRows(ordinal: Evaluation["reliability"]["ordinal"]): readonly (readonly OwnCell[])[] {
  if (ordinal === undefined) return [];
  return [
    ["Krippendorff's ordinal alpha of the coders", ...cells(ordinal.alpha)],
    ...ordinal.pairs.flatMap(({ a, b, linear, quadratic }) => [
      [`Linearly weighted kappa of ${a} and ${b}`, ...cells(linear)],
      [`Quadratically weighted kappa of ${a} and ${b}`, ...cells(quadratic)],
    ]),
  ];
}

function padded(row: readonly OwnCell[], length: number): readonly OwnCell[] {
  return Array.from({ length }, (_, i) => row[i]);
}
