import { designWeights, type SamplingDesign } from "../../stats/samplingDesign.ts";
import type { Target } from "../../validation/evaluation.ts";
import type { CodedImage, CodedSample } from "./codedSample.ts";

/** An image that has both a true category and a prediction. */
export interface AnsweredImage extends CodedImage {
  readonly trueCategory: number;
  readonly prediction: NonNullable<CodedImage["prediction"]>;
}

/** The images that the figures are computed from, and how they came into the sample. */
export interface Response {
  /** By place. `[n]` */
  readonly images: readonly AnsweredImage[];
  readonly design: SamplingDesign;
  /** How many images of the target each one stands for. `[n]` */
  readonly weights: readonly number[];
  /** Strata that have images, none of which has an answer: nothing is known about them. Indices into the sample's design. */
  readonly uncovered: readonly number[];
}

/**
 * The images with a true category and a prediction, with weights in which they stand for those without: within a stratum the
 * answered are taken to be like the others (Cochran 1977, "Sampling Techniques", section 13.2), in a Poisson sample over all of it.
 * Strata without any answer get no weight, and are told.
 */
export function responseDesign({ sample, images: drawn }: CodedSample, target: Target): Response {
  const images = drawn.filter(isAnswered);
  const isFinitePopulation = target === "collection";
  const { spec, strata, frameSize } = sample.design;
  if (spec.kind === "uncertainty") {
    const share = drawn.length === 0 ? 1 : images.length / drawn.length;
    const design: SamplingDesign = {
      kind: "poisson",
      probabilities: images.map(({ member }) => member.inclusionProbability * share),
      size: frameSize,
      isFinite: isFinitePopulation,
    };
    return { images, design, weights: designWeights(design), uncovered: [] };
  }
  const answered = strata.map((_, h) => images.filter(({ member }) => member.stratum === h).length);
  const design: SamplingDesign = {
    kind: "stratified",
    strata: strata.map(({ size }, h) => ({ size, drawn: answered[h] as number })),
    stratumOf: images.map(({ member }) => member.stratum),
    isFinite: isFinitePopulation,
  };
  return {
    images,
    design,
    weights: designWeights(design),
    uncovered: strata.flatMap(({ size }, h) => (size > 0 && answered[h] === 0 ? [h] : [])),
  };
}

function isAnswered(image: CodedImage): image is AnsweredImage {
  return image.trueCategory !== undefined && image.prediction !== undefined;
}
