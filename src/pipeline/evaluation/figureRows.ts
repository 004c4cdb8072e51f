import type { OwnCell } from "../../tables/ownColumn.ts";
import type { Evaluation } from "../../validation/evaluation.ts";
import { estimateCells } from "./estimateCells.ts";

/** Every number of a report that is about all images together: its name, then what is known of it. */
export function figureRows(evaluation: Evaluation): readonly (readonly OwnCell[])[] {
  const { categories, quality, reliability, baselines, calibration, groups } = evaluation;
  return [
    ["accuracy", ...estimateCells(quality.accuracy)],
    ["balanced accuracy", ...estimateCells(quality.balancedAccuracy)],
    [
      `macro-F1 (${quality.macroCategories} of ${categories.length} categories)`,
      ...estimateCells(quality.macroF1),
    ],
    ["Cohen's kappa of model and truth", ...estimateCells(quality.kappa)],
    ["Matthews' correlation", ...estimateCells(quality.matthews)],
    ...quality.topK.map(({ k, estimate }) => [`top-${k} accuracy`, ...estimateCells(estimate)]),
    ["Krippendorff's alpha of the coders", ...estimateCells(reliability.alpha)],
    ...bootstrapRows(reliability.bootstrap),
    ...reliability.coefficients.map(({ name, estimate }) => [
      `${name} of the coders`,
      ...estimateCells(estimate),
    ]),
    ...ordinalRows(reliability.ordinal),
    ...reliability.pairs.map(({ a, b, kappa }) => [
      `Cohen's kappa of ${a} and ${b}`,
      ...estimateCells(kappa),
    ]),
    ...annotatorRows(reliability.alternativeAnnotator),
    ...baselines.flatMap(({ name, accuracy, macroF1 }) => [
      [`${name}: accuracy`, accuracy],
      [`${name}: macro-F1`, macroF1],
    ]),
    ["expected calibration error", calibration.expectedCalibrationError],
    ["expected calibration error of a calibrated model", calibration.errorUnderCalibration],
    ["Brier score", calibration.brier],
    ["log loss", calibration.logLoss],
    ["temperature", calibration.temperature],
    ...groups.map(({ column, differenceP }) => [`p of equal errors in all groups of ${column}`, differenceP]),
    ...comparisonRows(evaluation.comparison),
  ];
}

function bootstrapRows(bootstrap: Evaluation["reliability"]["bootstrap"]): readonly (readonly OwnCell[])[] {
  if (bootstrap === undefined) return [];
  const { interval, replicates, belowTwoThirds, belowEighty } = bootstrap;
  const method = `bootstrap over images, ${replicates} replicates`;
  const probability = (name: string, value: number) => [name, value, undefined, undefined, undefined, method];
  return [
    [
      "Krippendorff's alpha of the coders, bootstrap",
      undefined,
      undefined,
      interval.low,
      interval.high,
      method,
    ],
    probability("probability that Krippendorff's alpha is below .667", belowTwoThirds),
    probability("probability that Krippendorff's alpha is below .800", belowEighty),
  ];
}

function annotatorRows(
  found: Evaluation["reliability"]["alternativeAnnotator"],
): readonly (readonly OwnCell[])[] {
  const name = "alternative annotator test";
  if ("why" in found)
    return [[`${name}: winning rate`, undefined, undefined, undefined, undefined, undefined, found.why]];
  return [
    [`${name}: winning rate`, found.winningRate],
    [`${name}: advantage probability`, found.advantageProbability],
    [`${name}: epsilon`, found.epsilon],
    [`${name}: passed (1) or not (0)`, Number(found.passes)],
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
      [`${name} of ${second} less that of ${first}`, ...estimateCells(metric.difference)],
      [`p of no difference in ${name}, by the design`, metric.p],
    ]),
    [`images that ${first} and ${second} have right`, comparison.bothRight],
    [`images that only ${first} has right`, comparison.onlyFirst],
    [`images that only ${second} has right`, comparison.onlySecond],
    [`images that ${first} and ${second} have wrong`, comparison.bothWrong],
    ...(comparison.isSimpleRandom ? [["p of McNemar's exact test", mcnemar?.exactP]] : []),
  ];
}

function ordinalRows(ordinal: Evaluation["reliability"]["ordinal"]): readonly (readonly OwnCell[])[] {
  if (ordinal === undefined) return [];
  return [
    ["Krippendorff's ordinal alpha of the coders", ...estimateCells(ordinal.alpha)],
    ...ordinal.pairs.flatMap(({ a, b, linear, quadratic }) => [
      [`Linearly weighted kappa of ${a} and ${b}`, ...estimateCells(linear)],
      [`Quadratically weighted kappa of ${a} and ${b}`, ...estimateCells(quadratic)],
    ]),
  ];
}
