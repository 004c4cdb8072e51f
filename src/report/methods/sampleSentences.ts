import type { Evaluation } from "../../validation/evaluation.ts";
import { formatCount } from "../formatNumbers.ts";
import type { MethodsSubject } from "./methodsSubject.ts";
import { countOf, listOf, probabilityText } from "./wordsOf.ts";

/** What was drawn from what, and what was left out of it. */
export function sampleSentences({ evaluation }: MethodsSubject): readonly string[] {
  const { sample, run } = evaluation;
  const { design, leastProbability: least, greatestProbability: greatest } = sample;
  const excluded = exclusions(sample);
  const from = `${excluded === undefined ? "all" : "the remaining"} ${formatCount(design.frameSize)} distinct images`;
  const probabilities =
    least === greatest
      ? `inclusion probability ${probabilityText(least)}`
      : `inclusion probabilities ${probabilityText(least)} to ${probabilityText(greatest)}`;
  return [
    excluded ?? "No image was excluded.",
    `For ${purposes[sample.purpose]} we drew ${drawnText(sample)} from ${from} (${probabilities}; seed ${sample.seed}).`,
    ...(run.isSampledRun
      ? []
      : [
          `The sample had been drawn from another run${design.spec.kind === "simple" ? "" : ", by that run’s predictions"}; its inclusion probabilities are those of that draw.`,
        ]),
  ];
}

const purposes = {
  test: "external validation",
  pilot: "a pilot study",
  reliability: "a test of reliability",
  training: "the training of coders",
} as const;

function exclusions({ design }: Evaluation["sample"]): string | undefined {
  const { inSamples, reviewed, examples } = design.left;
  const total = inSamples + reviewed + examples;
  if (total === 0) return undefined;
  const parts = [
    ...(inSamples > 0 ? [`${formatCount(inSamples)} of earlier samples`] : []),
    ...(reviewed > 0 ? [`${formatCount(reviewed)} seen in a review`] : []),
    ...(examples > 0 ? [countOf(examples, ["example of the codebook", "examples of the codebook"])] : []),
  ];
  return `We excluded ${countOf(total, ["image", "images"])} that had been used before (${listOf(parts)}).`;
}

function drawnText({ design, size }: Evaluation["sample"]): string {
  const { spec } = design;
  const images = countOf(size, ["image", "images"]);
  if (spec.kind === "simple") return `a simple random sample of ${images}`;
  if (spec.kind === "uncertainty")
    return `a Poisson sample of ${images}, with inclusion probabilities that rise with the uncertainty of the prediction,`;
  const split = spec.isSplit ? ", each category split at its median probability" : "";
  return `a random sample of ${images}, stratified by predicted category (at least ${formatCount(spec.floor)} of each where there are as many, the rest in proportion${split}),`;
}
