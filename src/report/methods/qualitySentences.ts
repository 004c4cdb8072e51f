import type { Estimate } from "../../validation/evaluation.ts";
import { fewestTrueImages } from "../../validation/fewestTrueImages.ts";
import { formatCount, formatPercent } from "../formatNumbers.ts";
import type { MethodsSubject } from "./methodsSubject.ts";
import type { ReferenceKey } from "./references.ts";
import { countOf, listOf, maybeEstimateText, scoreText } from "./wordsOf.ts";

/** How right the predictions are, and what the shares are. */
export function qualitySentences(subject: MethodsSubject): readonly string[] {
  const { evaluation } = subject;
  if (evaluation.quality.units === 0)
    return ["No coded image has a true category yet, so nothing could be estimated."];
  return [
    weightSentence(evaluation),
    accuracySentence(subject),
    ...baselineSentence(subject),
    ...calibrationSentence(subject),
    ...shareSentence(subject),
    ...fewSentence(subject),
    `Computed with Clipbook ${evaluation.clipbookVersion}.`,
  ];
}

function weightSentence({ target, quality, sample, coverage }: MethodsSubject["evaluation"]): string {
  const { kind } = sample.design.spec;
  const adjusted =
    quality.units === sample.size
      ? ""
      : `, adjusted ${kind === "stratified" ? "within strata " : ""}for images without a true category`;
  const weights = `Estimates are weighted by the inverse of the inclusion probabilities${adjusted}, and post-stratified by the predicted category`;
  if (target === "process")
    return `${weights}; they describe the process that the images came from (without finite-population correction).`;
  const { size, coveredSize } = coverage;
  const covered =
    coveredSize === size
      ? `the ${countOf(size, ["image", "images"])} that could be drawn`
      : `${formatCount(coveredSize)} of the ${countOf(size, ["image", "images"])} that could be drawn, for nothing is known of the others`;
  return `${weights}; they describe ${covered} (with finite-population correction).`;
}

function accuracySentence({ evaluation, note }: MethodsSubject): string {
  const { accuracy, macroF1, macroCategories, kappa } = evaluation.quality;
  const part = (name: string, estimate: Estimate, over = "") => {
    const text = maybeEstimateText(estimate);
    if (text === undefined) return `${name} could not be estimated (${estimate.why ?? "too few images"})`;
    const method =
      estimate.interval === undefined || estimate.method === undefined
        ? ""
        : note(estimate.method, ...methodKeys(estimate.method));
    return `${name} was ${text}${over}${method}`;
  };
  const over = ` over ${macroCategories} of ${countOf(evaluation.categories.length, ["category", "categories"])}`;
  return `${[part("Accuracy", accuracy), part("macro-F1", macroF1, over)].join("; ")}; ${part("κ between predicted and true categories", kappa)}.`;
}

/** What stands in a method's name, and who it is from. */
const methodSources: readonly (readonly [string, ReferenceKey])[] = [
  ["Jeffreys' prior", "brown2001"],
  ["stratified beta posterior", "zou2008"],
  ["categories' posteriors", "zou2007"],
  ["Korn-Graubard", "korn1998"],
  ["Wilson", "wilson1927"],
];

function methodKeys(method: string): readonly ReferenceKey[] {
  return methodSources.flatMap(([name, key]) => (method.includes(name) ? key : []));
}

function baselineSentence({ evaluation }: MethodsSubject): readonly string[] {
  const parts = evaluation.baselines.flatMap(({ name, accuracy }) =>
    accuracy === undefined ? [] : [`${scoreText(accuracy)} (${name.toLowerCase()})`],
  );
  return parts.length === 0 ? [] : [`For comparison, accuracy without knowledge would be ${listOf(parts)}.`];
}

function calibrationSentence({ evaluation, cite }: MethodsSubject): readonly string[] {
  const {
    expectedCalibrationError: error,
    errorUnderCalibration: expected,
    bins,
    quantity,
  } = evaluation.calibration;
  if (error === undefined) return [];
  const beside =
    expected === undefined
      ? ""
      : `; a perfectly calibrated model would show ${scoreText(expected)} on as many images`;
  return [
    `The expected calibration error of ${quantity}${quantity.includes(",") ? "," : ""} was ${scoreText(error)} in ${bins} bins of equal size${cite("guo2017")}${beside}.`,
  ];
}

function shareSentence({ evaluation, cite, note }: MethodsSubject): readonly string[] {
  const differences = evaluation.shares.flatMap(({ raw, corrected }) =>
    corrected.value === undefined ? [] : [Math.abs(corrected.value - raw)],
  );
  if (differences.length === 0) return [];
  const { shareMethod, run, sample } = evaluation;
  // Strata of another run's predictions are no post-strata of this one's.
  const isPostStratified = run.isSampledRun || sample.design.spec.kind !== "stratified";
  const byStrata = isPostStratified
    ? `post-stratification on the predicted category${cite("tenenbein1970", "olofsson2014")}`
    : "the sample’s weights";
  const how =
    shareMethod.kind === "ppi"
      ? `prediction-powered inference${note(`PPI++ with λ = ${scoreText(shareMethod.lambda)}, without finite-population correction`, "angelopoulos2023")}`
      : `${byStrata}${intervalText(evaluation.shares, cite)}`;
  return [
    `Category shares were corrected for classification errors by ${how}; corrected and predicted shares differ by up to ${formatPercent(Math.max(...differences)).replace("%", "")} percentage points.`,
  ];
}

/** How the corrected shares' intervals were made; a rare category's may be made otherwise than the others'. */
function intervalText(shares: MethodsSubject["evaluation"]["shares"], cite: MethodsSubject["cite"]): string {
  const methods = new Set(
    shares.flatMap(({ corrected: { interval, method } }) =>
      interval === undefined || method === undefined ? [] : method,
    ),
  );
  if (methods.size === 0) return "";
  return `, with 95% intervals by ${listOf([...methods].map((method) => `${method}${cite(...methodKeys(method))}`))}`;
}

function fewSentence({ evaluation }: MethodsSubject): readonly string[] {
  const few = evaluation.quality.perCategory
    .filter(({ trueCount }) => trueCount < fewestTrueImages)
    .map(({ category }) => `“${evaluation.categories[category]}”`);
  if (few.length === 0) return [];
  return [
    few.length === 1
      ? `Fewer than ${fewestTrueImages} coded images truly belong to ${few[0]}; its figures are too uncertain to interpret.`
      : `Fewer than ${fewestTrueImages} coded images truly belong to each of ${listOf(few)}; their figures are too uncertain to interpret.`,
  ];
}
