import type { EvaluationTableName } from "../figures/evaluation/evaluationTableNames.ts";
import type { Estimate, Evaluation } from "../validation/evaluation.ts";

/** A table of an evaluation, for other programs: column names without blanks, and rows whose empty cells are undefined. */
export interface EvaluationTable {
  readonly columns: readonly { readonly name: string; readonly kind: "text" | "integer" | "number" }[];
  readonly rows: readonly (readonly (string | number | undefined)[])[];
}

/** One of an evaluation's tables. Shares and probabilities are 0..1. */
export function evaluationTable(evaluation: Evaluation, name: EvaluationTableName): EvaluationTable {
  return tables[name](evaluation);
}

type Kind = "text" | "integer" | "number";

const estimateColumns = columns({
  estimate: "number",
  standard_error: "number",
  low: "number",
  high: "number",
  method: "text",
  why_not: "text",
});

const tables: Readonly<Record<EvaluationTableName, (evaluation: Evaluation) => EvaluationTable>> = {
  scores: ({ quality, reliability }) => ({
    columns: [...columns({ score: "text" }), ...estimateColumns],
    rows: [
      ["accuracy", ...cells(quality.accuracy)],
      ["macro_f1", ...cells(quality.macroF1)],
      ["balanced_accuracy", ...cells(quality.balancedAccuracy)],
      ["kappa", ...cells(quality.kappa)],
      ["matthews_correlation", ...cells(quality.matthews)],
      ...quality.topK.map(({ k, estimate }) => [`top_${k}`, ...cells(estimate)]),
      ["krippendorff_alpha_of_coders", ...cells(reliability.alpha)],
      ...reliability.coefficients.map((coefficient) => [coefficient.name, ...cells(coefficient.estimate)]),
    ],
  }),
  categories: ({ quality, categories }) => ({
    columns: [
      ...columns({ category: "text", measure: "text", true_count: "integer", predicted_count: "integer" }),
      ...estimateColumns,
    ],
    rows: quality.perCategory.flatMap((entry) =>
      (["precision", "recall", "f1"] as const).map((measure) => [
        categories[entry.category],
        measure,
        entry.trueCount,
        entry.predictedCount,
        ...cells(entry[measure]),
      ]),
    ),
  }),
  confusion: ({ quality, categories }) => ({
    columns: columns({
      true_category: "text",
      predicted_category: "text",
      images: "integer",
      share: "number",
    }),
    rows: quality.counts.flatMap((row, truth) =>
      row.map((count, predicted) => [
        categories[truth],
        categories[predicted],
        count,
        quality.weighted[truth]?.[predicted],
      ]),
    ),
  }),
  shares: ({ shares, categories }) => ({
    columns: [...columns({ category: "text", predicted_share: "number" }), ...estimateColumns],
    rows: shares.map(({ category, raw, corrected }) => [categories[category], raw, ...cells(corrected)]),
  }),
  groups: ({ groups, categories }) => ({
    columns: [
      ...columns({
        column: "text",
        group: "text",
        units: "integer",
        coded: "integer",
        what: "text",
        predicted_share: "number",
      }),
      ...estimateColumns,
    ],
    rows: groups.flatMap(({ column, groups: own }) =>
      own.flatMap(({ value, units, coded, error, shares }) => [
        [column, value, units, coded, "errors", undefined, ...cells(error)],
        ...shares.map(({ category, raw, corrected }) => [
          column,
          value,
          units,
          coded,
          `share of ${categories[category]}`,
          raw,
          ...cells(corrected),
        ]),
      ]),
    ),
  }),
  agreement: ({ reliability, categories }) => ({
    columns: [...columns({ of: "text", measure: "text", images: "integer" }), ...estimateColumns],
    rows: [
      ["all categories", "alpha", reliability.units, ...cells(reliability.alpha)],
      ...reliability.perCategory.map(({ category, units, alpha }) => [
        categories[category],
        "alpha",
        units,
        ...cells(alpha),
      ]),
      ...reliability.pairs.map(({ a, b, units, kappa }) => [`${a}, ${b}`, "kappa", units, ...cells(kappa)]),
    ],
  }),
  images: ({ images, categories, sample }) => ({
    columns: columns({
      unit: "text",
      true_category: "text",
      predicted_category: "text",
      probability: "number",
      stratum: "integer",
      inclusion_probability: "number",
      sample: "text",
    }),
    rows: images.map((image) => [
      image.name,
      image.trueCategory === undefined ? undefined : categories[image.trueCategory],
      categories[image.predicted],
      image.probability,
      image.stratum,
      image.inclusionProbability,
      sample.name,
    ]),
  }),
};

function columns(kinds: Readonly<Record<string, Kind>>): EvaluationTable["columns"] {
  return Object.entries(kinds).map(([name, kind]) => ({ name, kind }));
}

function cells({
  value,
  standardError,
  interval,
  method,
  why,
}: Estimate): readonly (string | number | undefined)[] {
  return [value, standardError, interval?.low, interval?.high, method, why];
}
