import type { CodingSource } from "../../validation/coding.ts";
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

/** Claims nothing of what coders saw elsewhere: nobody knows. */
function codersSentence({ reliability, sample }: MethodsSubject["evaluation"]): string {
  const { coders } = reliability;
  const { inside, outside } = sourceCounts(coders.map(({ sources }) => sources));
  const coded = coders.map((coder) => coder.coded);
  const [least, most] = [Math.min(...coded), Math.max(...coded)];
  const images = countOf(sample.size, ["image", "images"]);
  const how =
    least === sample.size
      ? `all ${images}`
      : least === most
        ? `${formatCount(least)} of the ${images}`
        : `${formatCount(least)} to ${formatCount(most)} of the ${images}`;
  const blind =
    coders.length === 1 ? "blind to the predictions" : "blind to the predictions and to each other";
  const who = coders.length === 1 ? "One coder" : `${capital(numberWord(coders.length))} coders`;
  const each = coders.length === 1 ? "" : least === most && coders.length === 2 ? "both " : "each ";
  if (outside === 0) return `${who}, ${blind}, ${each}coded ${how}.`;
  if (inside === 0) return `${who} ${each}coded ${how}, outside of Clipbook.`;
  return `${who} ${each}coded ${how}: ${countOf(inside, ["coding was", "codings were"])} made in Clipbook, ${blind}, and ${formatCount(outside)} outside of it.`;
}

/** Codings of which Clipbook knows what the coder saw, and others. */
function sourceCounts(sources: readonly Readonly<Record<CodingSource, number>>[]): {
  readonly inside: number;
  readonly outside: number;
} {
  const sumOf = (count: (own: Readonly<Record<CodingSource, number>>) => number) =>
    sources.reduce((sum, own) => sum + count(own), 0);
  return {
    inside: sumOf(({ screen, offline }) => screen + offline),
    outside: sumOf((own) => own.csv + own["label-studio"]),
  };
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
    "Coefficients of agreement are not weighted: they describe the coded images, not the collection.",
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
  const { rule, known, by, adjudicationSources } = gold;
  const { inside, outside } = sourceCounts([adjudicationSources]);
  const where =
    outside === 0
      ? ", without sight of the predictions,"
      : inside === 0
        ? " outside of Clipbook"
        : ", partly outside of Clipbook,";
  if (rule.kind === "coder") return [`The codes of ${rule.coder} count as the true categories.`];
  const single =
    by.coder === 0 ? "" : `; ${formatCount(by.coder)} of ${formatCount(known)} come from one coder only`;
  const adjudicated = countOf(by.adjudication, ["disagreement was", "disagreements were"]);
  const decided =
    inside + outside === 0 && rule.kind === "adjudicated"
      ? "No image was adjudicated."
      : by.adjudication === 0
        ? "No disagreement was adjudicated."
        : `By adjudication${where} ${adjudicated} resolved.`;
  return rule.kind === "majority"
    ? [`An image’s true category is what more than half of its coders said${single}.`, decided]
    : [
        `An image’s true category is the adjudication where there is one, else what more than half of its coders said${single}.`,
        decided,
      ];
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
