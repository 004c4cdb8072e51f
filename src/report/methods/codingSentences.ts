import type { Evaluation } from "../../validation/evaluation.ts";
import { formatCount, formatPercent } from "../formatNumbers.ts";
import type { MethodsSubject } from "./methodsSubject.ts";
import { countOf, listOf, maybeEstimateText, scoreText } from "./wordsOf.ts";

/** Who coded what, how far they agreed, and how the true categories came about. */
export function codingSentences(subject: MethodsSubject): readonly string[] {
  const { evaluation } = subject;
  if (evaluation.reliability.coders.length === 0) return ["Nobody has coded the sample yet."];
  return [
    codersSentence(evaluation),
    ...agreementSentences(subject),
    ...goldSentences(evaluation),
    missingSentence(evaluation),
  ];
}

function codersSentence({ reliability, sample }: MethodsSubject["evaluation"]): string {
  const { coders } = reliability;
  const coded = coders.map((coder) => coder.coded);
  const [least, most] = [Math.min(...coded), Math.max(...coded)];
  const images = countOf(sample.size, ["image", "images"]);
  const how =
    least === sample.size
      ? `all ${images}`
      : least === most
        ? `${formatCount(least)} of the ${images}`
        : `${formatCount(least)} to ${formatCount(most)} of the ${images}`;
  if (coders.length === 1) return `One coder, blind to the predictions, coded ${how}.`;
  return `${capital(numberWord(coders.length))} coders, blind to the predictions and to each other, ${least === most ? (coders.length === 2 ? "both" : "each") : "each"} coded ${how}.`;
}

function agreementSentences({ evaluation, cite }: MethodsSubject): readonly string[] {
  const { coders, units, alpha, bootstrap, perCategory, pairs } = evaluation.reliability;
  if (coders.length === 1)
    return [
      `With one coder agreement could not be measured; errors of the coder bias all figures below${cite("song2020")}.`,
    ];
  const images = countOf(units, ["image", "images"]);
  const text = maybeEstimateText(alpha);
  if (text === undefined)
    return [
      `Krippendorff’s α could not be estimated on the ${images} coded at least twice: ${alpha.why ?? "too few codes"}.`,
    ];
  const values = perCategory.flatMap((entry) => entry.alpha.value ?? []);
  const range =
    values.length > 1
      ? `; for single categories it is ${scoreText(Math.min(...values))} to ${scoreText(Math.max(...values))}`
      : "";
  const alphaText = `Krippendorff’s α = ${text}${cite("krippendorff2019", "hayes2007")}`;
  const interval =
    alpha.interval === undefined
      ? ""
      : `; the interval is linearised, with images as sampling units${cite("gwet2014")}`;
  return [
    `Reliability on ${images} was ${alphaText}${interval}${range}.`,
    ...(bootstrap === undefined
      ? []
      : [
          `Of ${formatCount(bootstrap.replicates)} bootstrap samples of images ${percentText(bootstrap.belowEighty)} had an α below .800 and ${percentText(bootstrap.belowTwoThirds)} below .667, the customary limits${cite("krippendorff2004")}.`,
        ]),
    ...ordinalSentence(evaluation.reliability.ordinal, cite),
    ...kappaSentence(pairs, cite),
  ];
}

function ordinalSentence(
  ordinal: Evaluation["reliability"]["ordinal"],
  cite: MethodsSubject["cite"],
): readonly string[] {
  const text = ordinal && maybeEstimateText(ordinal.alpha);
  if (ordinal === undefined || text === undefined) return [];
  const leftOut =
    ordinal.leftOut.length === 0 ? "" : `, without ${listOf(ordinal.leftOut.map((name) => `“${name}”`))}`;
  return [
    `With the categories as ordered grades${leftOut}, the ordinal α was ${text}${cite("krippendorff2019")}.`,
  ];
}

function kappaSentence(
  pairs: Evaluation["reliability"]["pairs"],
  cite: MethodsSubject["cite"],
): readonly string[] {
  const rangeOf = (isModel: boolean) => {
    const values = pairs.filter((pair) => pair.isModel === isModel).flatMap(({ kappa }) => kappa.value ?? []);
    if (values.length === 0) return undefined;
    const [least, most] = [scoreText(Math.min(...values)), scoreText(Math.max(...values))];
    return least === most ? least : `${least} to ${most}`;
  };
  const parts = [
    [rangeOf(false), "between two coders"],
    [rangeOf(true), "between a coder and the model"],
  ].flatMap(([range, who]) => (range === undefined ? [] : [`${range} ${who}`]));
  return parts.length === 0 ? [] : [`Cohen’s κ was ${parts.join(" and ")}${cite("fleiss1969")}.`];
}

function goldSentences({ gold }: MethodsSubject["evaluation"]): readonly string[] {
  const { rule, by } = gold;
  if (rule.kind === "coder") return [`The codes of ${rule.coder} count as the true categories.`];
  const adjudicated = countOf(by.adjudication, ["disagreement was", "disagreements were"]);
  const decided =
    by.adjudication === 0
      ? "No disagreement was adjudicated."
      : `By adjudication, without sight of the predictions, ${adjudicated} resolved.`;
  return rule.kind === "majority"
    ? [`An image’s true category is what more than half of its coders said.`, decided]
    : ["An image’s true category is what all of its coders said, or the adjudication.", decided];
}

function missingSentence({ gold, sample }: MethodsSubject["evaluation"]): string {
  const { uncodable, unsure, disagreement, uncoded } = gold.missing;
  const parts = [
    ...(uncodable > 0 ? [`${formatCount(uncodable)} uncodable`] : []),
    ...(unsure > 0 ? [`${formatCount(unsure)} unsure`] : []),
    ...(disagreement > 0 ? [`${formatCount(disagreement)} not agreed on`] : []),
    ...(uncoded > 0 ? [`${formatCount(uncoded)} not coded`] : []),
  ];
  const total = uncodable + unsure + disagreement + uncoded;
  if (total === 0) return "Every drawn image has a true category.";
  return `Of the ${countOf(sample.size, ["drawn image", "drawn images"])} ${formatCount(total)} ${total === 1 ? "has" : "have"} no true category (${listOf(parts)}).`;
}

const numbers = ["no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"];

function numberWord(value: number): string {
  return numbers[value] ?? formatCount(value);
}

function capital(word: string): string {
  return word.slice(0, 1).toUpperCase() + word.slice(1);
}

function percentText(share: number): string {
  if (share === 0) return "none";
  return share === 1 ? "all" : formatPercent(share);
}
