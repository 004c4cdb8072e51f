import {
  type EvaluationTableName,
  evaluationTableNames,
} from "../../figures/evaluation/evaluationTableNames.ts";
import type { OwnCell, OwnColumn } from "../../tables/ownColumn.ts";
import type { Evaluation } from "../../validation/evaluation.ts";
import { estimateCells } from "./estimateCells.ts";
import { evaluationTableColumns } from "./evaluationTableColumns.ts";
import { figureRows } from "./figureRows.ts";

/** One of the tables that a report's numbers fill. */
export interface EvaluationTable {
  /** Of its file, without an ending. */
  readonly name: EvaluationTableName;
  readonly columns: readonly OwnColumn[];
  readonly rows: readonly (readonly OwnCell[])[];
}

/** A report's numbers as tables, each number in full; shares and probabilities are 0..1. */
export function evaluationTables(evaluation: Evaluation): readonly EvaluationTable[] {
  const rows = rowsOf(evaluation);
  return evaluationTableNames.map((name) => {
    const columns = evaluationTableColumns[name];
    return { name, columns, rows: rows[name].map((row) => columns.map((_, i) => row[i])) };
  });
}

/** Rows that may be shorter than their table. */
function rowsOf(
  evaluation: Evaluation,
): Readonly<Record<EvaluationTableName, readonly (readonly OwnCell[])[]>> {
  const { categories, quality, shares, groups, abstention, calibration, gold } = evaluation;
  const of = (category: number) => categories[category] ?? "";
  return {
    figures: figureRows(evaluation),
    categories: categoryRows(evaluation),
    confusion: quality.counts.flatMap((row, truth) =>
      row.map((count, predicted) => [of(truth), of(predicted), count, quality.weighted[truth]?.[predicted]]),
    ),
    shares: [
      ...shares.map(({ category, raw, corrected }) => [
        undefined,
        undefined,
        of(category),
        raw,
        ...estimateCells(corrected),
      ]),
      ...groups.flatMap(({ column, groups: values }) =>
        values.flatMap(({ value, shares: own }) =>
          own.map(({ category, raw, corrected }) => [
            column,
            value,
            of(category),
            raw,
            ...estimateCells(corrected),
          ]),
        ),
      ),
    ],
    "errors-by-group": groups.flatMap(({ column, groups: values }) =>
      values.map(({ value, units, coded, error }) => [column, value, units, coded, ...estimateCells(error)]),
    ),
    calibration: (calibration.curve ?? []).map(({ meanProbability, count, shareRight, interval }) => [
      meanProbability,
      count,
      shareRight,
      interval.low,
      interval.high,
    ]),
    abstention: abstention.curve.map(({ threshold, coverage, precision }) => [
      abstention.score,
      threshold,
      coverage,
      precision,
    ]),
    thresholds: abstention.targets.map(({ target, threshold, coverage, precision }) => [
      abstention.score,
      target,
      threshold,
      coverage,
      ...estimateCells(precision),
    ]),
    response: gold.strata.map(({ label, size, drawn, known }) => [label, size, drawn, known]),
  };
}

/** The coders may have had another codebook than the evaluated run: agreement stands where the names are the same, else by itself. */
function categoryRows({ categories, quality, reliability }: Evaluation): readonly (readonly OwnCell[])[] {
  const agreementRows = (
    head: readonly OwnCell[],
    { agreement, alpha }: Evaluation["reliability"]["perCategory"][number],
  ) => [
    [...head, "agreement of the coders", agreement],
    [...head, "Krippendorff's alpha", ...estimateCells(alpha)],
  ];
  return [
    ...quality.perCategory.flatMap(({ category, trueCount, predictedCount, precision, recall, f1 }) => {
      const head = [categories[category], trueCount, predictedCount];
      const coded = reliability.perCategory.find(({ name }) => name === categories[category]);
      return [
        [...head, "precision", ...estimateCells(precision)],
        [...head, "recall", ...estimateCells(recall)],
        [...head, "F1", ...estimateCells(f1)],
        ...(coded === undefined ? [] : agreementRows(head, coded)),
      ];
    }),
    ...reliability.perCategory
      .filter(({ name }) => !categories.includes(name))
      .flatMap((coded) => agreementRows([coded.name, undefined, undefined], coded)),
  ];
}
