import type { EvaluationTableName } from "../../figures/evaluation/evaluationTableNames.ts";
import type { OwnColumn } from "../../tables/ownColumn.ts";

const text = (name: string): OwnColumn => ({ name, kind: "text" });
const number = (name: string): OwnColumn => ({ name, kind: "number" });
const integer = (name: string): OwnColumn => ({ name, kind: "integer" });

const estimateColumns = [
  number("estimate"),
  number("standard_error"),
  number("low"),
  number("high"),
  text("method"),
  text("why_not"),
] as const;

/** The columns of an evaluation's tables, by the tables' names. */
export const evaluationTableColumns: Readonly<Record<EvaluationTableName, readonly OwnColumn[]>> = {
  figures: [text("figure"), ...estimateColumns],
  categories: [
    text("category"),
    integer("coded_true"),
    integer("coded_predicted"),
    text("figure"),
    ...estimateColumns,
  ],
  confusion: [text("true"), text("predicted"), integer("images"), number("weighted_share")],
  shares: [text("column"), text("group"), text("category"), number("raw_share"), ...estimateColumns],
  "errors-by-group": [
    text("column"),
    text("group"),
    integer("units"),
    integer("coded_images"),
    ...estimateColumns,
  ],
  calibration: [
    number("mean_probability"),
    integer("images"),
    number("share_right"),
    number("low"),
    number("high"),
  ],
  abstention: [text("score"), number("threshold"), number("coverage"), number("precision")],
  thresholds: [
    text("score"),
    number("wanted_precision"),
    number("threshold"),
    number("coverage"),
    ...estimateColumns,
  ],
  response: [text("stratum"), integer("size"), integer("drawn"), integer("with_true_category")],
};
