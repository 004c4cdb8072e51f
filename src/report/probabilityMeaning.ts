import type { Overview } from "./overview.ts";

/** How the run decided, and what its percentages are and are not, in two plain sentences. */
export function probabilityMeaning({
  scoring,
  probabilityKind,
}: Pick<Overview, "scoring" | "probabilityKind">): readonly [string, string] {
  return [RULES[scoring], probabilityKind === "sigmoid" ? SIGMOID : SOFTMAX[scoring]];
}

const RULES = {
  max: "Every image went to the category of the one phrase that fits it best.",
  sum: "Every image went to the category whose phrases together have the highest probability.",
  mean: "Every image was compared with the average of each category’s phrases and went to the nearest category.",
} as const;

const SOFTMAX = {
  max: "Its percentage is a share: the model divides 100% among all phrases of this codebook, even for an image that fits none of them. It is not a confidence, and it changes when a phrase is added.",
  sum: "Its percentage is a share: the model divides 100% among all phrases of this codebook, even for an image that fits none of them. It is not a confidence, and it changes when a phrase is added.",
  mean: "Its percentage is a share: the model divides 100% among the categories of this codebook, even for an image that fits none of them. It is not a confidence, and it changes when a category is added.",
} as const;

const SIGMOID =
  "Its percentage rates this one match by itself, so the percentages of an image do not add up to 100. It is not a confidence: low numbers are common even for good matches.";
