import type { CodebookPhrase } from "./codebook/codebook.ts";
import { type Embeddings, embeddingAt, normaliseRows } from "./embeddings.ts";
import { UserError } from "./errors.ts";

/**
 * How phrases decide a category: `max`, the best phrase's (the notebook's rule); `sum`, the largest sum of its
 * phrases' probabilities; `mean`, the mean embedding of its phrases (Radford et al. 2021, §3.1.4, do so for templates).
 */
export type Scoring = "max" | "sum" | "mean";

/** All scorings, the default first. */
export const scorings: readonly Scoring[] = ["max", "sum", "mean"];

/** `softmax` over all phrases (CLIP), or a `sigmoid` of each (SigLIP). */
export type ProbabilityKind = "softmax" | "sigmoid";

/** What a classification needs besides the images. */
export interface ClassifierSpec {
  readonly phrases: readonly CodebookPhrase[];
  /** `[P, dim]`, row by row those of `phrases`. */
  readonly phraseEmbeddings: Embeddings;
  readonly categoryCount: number;
  readonly scoring: Scoring;
  readonly probabilityKind: ProbabilityKind;
  readonly logitScale: number;
  readonly logitBias: number;
}

/** A candidate answer: indices into categories and phrases, probability 0..1. */
export interface Candidate {
  readonly category: number;
  readonly phrase: number;
  readonly probability: number;
}

/** All numbers for one image, before anything is chosen. */
export interface UnitScores {
  /** Cosine with each phrase. `[P]` */
  readonly cosines: Float64Array;
  /** Probability of each phrase, 0..1; with softmax they add up to 1. `[P]` */
  readonly phraseProbabilities: Float64Array;
  /** Probability of each category by the scoring, 0..1. `[C]` */
  readonly categoryProbabilities: Float64Array;
  /** Cosine with each category's mean embedding (`mean`), else with its best phrase. `[C]` */
  readonly categoryCosines: Float64Array;
  /** The phrase that stands for each category: its most probable one. `[C]` */
  readonly bestPhrases: Int32Array;
}

/** Turns image embeddings into scores for one codebook. */
export interface Classifier {
  readonly scoring: Scoring;
  /** Length of the embeddings. */
  readonly dim: number;
  /** `[n, dim]` -> n times all scores. @throws RangeError for embeddings of another length */
  scoreUnits(images: Embeddings): readonly UnitScores[];
}

/**
 * Prepares a classification.
 * @throws UserError for `sum` with a sigmoid model, whose probabilities do not add up to anything
 * @throws RangeError when the embeddings do not belong to the phrases
 */
export function createClassifier(spec: ClassifierSpec): Classifier {
  const { phrases, phraseEmbeddings, categoryCount, scoring, probabilityKind } = spec;
  if (phraseEmbeddings.count !== phrases.length) {
    throw new RangeError(`${phraseEmbeddings.count} embeddings for ${phrases.length} phrases`);
  }
  if (scoring === "sum" && probabilityKind === "sigmoid") {
    throw new UserError("the scoring sum needs probabilities that add up, and this model's do not", {
      hint: "use --scoring max or mean with SigLIP models",
    });
  }
  const categoryEmbeddings =
    scoring === "mean" ? meanPhraseEmbeddings(phrases, phraseEmbeddings, categoryCount) : undefined;
  const toProbabilities = (cosines: Float64Array): Float64Array => {
    const logits = cosines.map((cosine) => cosine * spec.logitScale + spec.logitBias);
    return probabilityKind === "softmax" ? softmax(logits) : logits.map(sigmoid);
  };
  const scoreOne = (image: Float32Array): UnitScores => {
    const cosines = cosinesWith(image, phraseEmbeddings);
    const phraseProbabilities = toProbabilities(cosines);
    const bestPhrases = new Int32Array(categoryCount).fill(-1);
    const sums = new Float64Array(categoryCount);
    phrases.forEach(({ categoryIndex }, p) => {
      const best = bestPhrases[categoryIndex] as number;
      // By cosine, not probability: two probabilities may both have been rounded to 1. On a tie the first one stays.
      if (best < 0 || (cosines[p] as number) > (cosines[best] as number)) bestPhrases[categoryIndex] = p;
      sums[categoryIndex] = (sums[categoryIndex] as number) + (phraseProbabilities[p] as number);
    });
    const categoryCosines =
      categoryEmbeddings !== undefined
        ? cosinesWith(image, categoryEmbeddings)
        : Float64Array.from(bestPhrases, (p) => cosines[p] as number);
    const categoryProbabilities = {
      max: () => Float64Array.from(bestPhrases, (p) => phraseProbabilities[p] as number),
      sum: () => sums,
      mean: () => toProbabilities(categoryCosines),
    }[scoring]();
    return { cosines, phraseProbabilities, categoryProbabilities, categoryCosines, bestPhrases };
  };
  return {
    scoring,
    dim: phraseEmbeddings.dim,
    scoreUnits: (images) => {
      if (images.dim !== phraseEmbeddings.dim) {
        throw new RangeError(`images have ${images.dim} numbers, phrases ${phraseEmbeddings.dim}`);
      }
      return Array.from({ length: images.count }, (_, i) => scoreOne(embeddingAt(images, i)));
    },
  };
}

/**
 * All scores of images under a codebook. `[n, dim]` -> n times all scores
 * @throws as `createClassifier` and its `scoreUnits` do
 */
export function scoreUnits(images: Embeddings, spec: ClassifierSpec): readonly UnitScores[] {
  return createClassifier(spec).scoreUnits(images);
}

/** The categories of a codebook for one image, the most probable first; ties keep the codebook's order. */
export function rankCategories(scores: UnitScores, scoring: Scoring): readonly Candidate[] {
  const { bestPhrases, categoryProbabilities, categoryCosines } = scores;
  const order = [...categoryProbabilities.keys()];
  // By cosine where there is one: two probabilities may both have been rounded to 1.
  const strengths = scoring === "sum" ? categoryProbabilities : categoryCosines;
  order.sort((a, b) => (strengths[b] as number) - (strengths[a] as number));
  return order.map((category) => ({
    category,
    phrase: bestPhrases[category] as number,
    probability: categoryProbabilities[category] as number,
  }));
}

/**
 * The `count` best answers as the results table lists them: for `max` the best phrases, whose categories may repeat
 * (the notebook's rule), for `sum` and `mean` the best categories.
 */
export function topCandidates(
  scores: UnitScores,
  phrases: readonly CodebookPhrase[],
  scoring: Scoring,
  count: number,
): readonly Candidate[] {
  if (scoring !== "max") return rankCategories(scores, scoring).slice(0, count);
  const { cosines, phraseProbabilities } = scores;
  const order = [...cosines.keys()].sort((a, b) => (cosines[b] as number) - (cosines[a] as number));
  return order.slice(0, count).map((phrase) => ({
    category: (phrases[phrase] as CodebookPhrase).categoryIndex,
    phrase,
    probability: phraseProbabilities[phrase] as number,
  }));
}

/** Cosine of one unit vector with every row of unit vectors. `[dim], [n, dim] -> [n]` */
export function cosinesWith(vector: Float32Array, rows: Embeddings): Float64Array {
  const { values, count, dim } = rows;
  const cosines = new Float64Array(count);
  for (let row = 0, at = 0; row < count; row++) {
    let sum = 0;
    for (let i = 0; i < dim; i++, at++) sum += (vector[i] as number) * (values[at] as number);
    cosines[row] = sum;
  }
  return cosines;
}

/** Exponentials in proportion, adding up to 1; the largest logit is taken off first, so that none overflows. */
export function softmax(logits: Float64Array): Float64Array {
  const largest = logits.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY);
  const powers = logits.map((logit) => Math.exp(logit - largest));
  const total = powers.reduce((a, b) => a + b, 0);
  return powers.map((power) => power / total);
}

function sigmoid(logit: number): number {
  return logit >= 0 ? 1 / (1 + Math.exp(-logit)) : Math.exp(logit) / (1 + Math.exp(logit));
}

/** Mean phrase embedding per category, unit length (Radford et al. 2021, §3.1.4). `[P, dim] -> [C, dim]` */
export function meanPhraseEmbeddings(
  phrases: readonly CodebookPhrase[],
  phraseEmbeddings: Embeddings,
  categoryCount: number,
): Embeddings {
  const { dim } = phraseEmbeddings;
  const sums = new Float64Array(categoryCount * dim);
  phrases.forEach(({ categoryIndex }, p) => {
    embeddingAt(phraseEmbeddings, p).forEach((x, i) => {
      sums[categoryIndex * dim + i] = (sums[categoryIndex * dim + i] as number) + x;
    });
  });
  return normaliseRows(Float32Array.from(sums), dim);
}
