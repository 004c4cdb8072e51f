import { answersByBestPhrase } from "./answersByBestPhrase.ts";
import type { CodebookPhrase } from "./codebook/codebook.ts";
import { decayingExponential } from "./decayingExponential.ts";
import { type Embeddings, embeddingAt, normaliseRows, stackEmbeddings } from "./embeddings.ts";
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

/** What an image is classified as, and the best of the other categories. */
export interface Answer extends Candidate {
  /** undefined in a codebook of one category. */
  readonly runnerUp: Candidate | undefined;
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
  /**
   * What an image's cosine is needed with: all phrases, then with `mean` the mean embedding of each category.
   * `[P, dim]` or `[P + C, dim]`
   */
  readonly references: Embeddings;
  /** All scores of each image. `[n, references]` cosines -> n times all scores */
  scoresOf(cosines: Float32Array | Float64Array): readonly UnitScores[];
  /**
   * The best category of each image and the second best, where there are two; nothing is kept but these.
   * `[n, references]` cosines -> n answers
   */
  answersOf(cosines: Float32Array | Float64Array): readonly Answer[];
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
  const references =
    scoring === "mean"
      ? stackEmbeddings([phraseEmbeddings, meanPhraseEmbeddings(phrases, phraseEmbeddings, categoryCount)])
      : phraseEmbeddings;
  const categoryOf = Int32Array.from(phrases, ({ categoryIndex }) => categoryIndex);
  const emptyScores = (): UnitScores => ({
    cosines: new Float64Array(phrases.length),
    phraseProbabilities: new Float64Array(phrases.length),
    categoryProbabilities: new Float64Array(categoryCount),
    categoryCosines: new Float64Array(categoryCount),
    bestPhrases: new Int32Array(categoryCount),
  });
  const fill = (scores: UnitScores, row: Float32Array | Float64Array, at: number): UnitScores => {
    const { cosines, phraseProbabilities, categoryProbabilities, categoryCosines, bestPhrases } = scores;
    for (let p = 0; p < cosines.length; p++) cosines[p] = row[at + p] as number;
    toProbabilities(cosines, phraseProbabilities, spec);
    bestPhrases.fill(-1);
    categoryProbabilities.fill(0);
    for (let p = 0; p < cosines.length; p++) {
      const category = categoryOf[p] as number;
      const best = bestPhrases[category] as number;
      // By cosine, not probability: two probabilities may both have been rounded to 1. On a tie the first one stays.
      if (best < 0 || (cosines[p] as number) > (cosines[best] as number)) bestPhrases[category] = p;
      if (scoring === "sum")
        categoryProbabilities[category] =
          (categoryProbabilities[category] as number) + (phraseProbabilities[p] as number);
    }
    for (let c = 0; c < categoryCount; c++) {
      const best = bestPhrases[c] as number;
      categoryCosines[c] = (scoring === "mean" ? row[at + cosines.length + c] : cosines[best]) as number;
      if (scoring === "max") categoryProbabilities[c] = phraseProbabilities[best] as number;
    }
    if (scoring === "mean") toProbabilities(categoryCosines, categoryProbabilities, spec);
    return scores;
  };
  const mapRows = <To>(cosines: Float32Array | Float64Array, map: (at: number) => To): readonly To[] => {
    if (cosines.length % references.count !== 0) {
      throw new RangeError(`${cosines.length} cosines do not make rows of ${references.count}`);
    }
    return Array.from({ length: cosines.length / references.count }, (_, i) => map(i * references.count));
  };
  const reused = emptyScores();
  return {
    scoring,
    dim: phraseEmbeddings.dim,
    references,
    scoresOf: (cosines) => mapRows(cosines, (at) => fill(emptyScores(), cosines, at)),
    answersOf: (cosines) =>
      scoring === "max" &&
      probabilityKind === "softmax" &&
      spec.logitScale > 0 &&
      cosines.length % references.count === 0
        ? answersByBestPhrase(cosines, { categoryOf, logitScale: spec.logitScale })
        : mapRows(cosines, (at) => answerOf(fill(reused, cosines, at), scoring)),
  };
}

/** Probability of each of the cosines among them, into `probabilities`. `[n] -> [n]` */
function toProbabilities(
  cosines: Float64Array,
  probabilities: Float64Array,
  { probabilityKind, logitScale, logitBias }: ClassifierSpec,
): void {
  for (let i = 0; i < cosines.length; i++) probabilities[i] = (cosines[i] as number) * logitScale + logitBias;
  if (probabilityKind === "softmax") softmax(probabilities);
  else for (let i = 0; i < cosines.length; i++) probabilities[i] = sigmoid(probabilities[i] as number);
}

/** Exponentials in proportion, adding up to 1, in place; the largest logit is taken off first, so that none overflows. */
export function softmax(logits: Float64Array): Float64Array {
  let largest = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < logits.length; i++) largest = Math.max(largest, logits[i] as number);
  let total = 0;
  for (let i = 0; i < logits.length; i++) {
    const power = decayingExponential((logits[i] as number) - largest);
    logits[i] = power;
    total += power;
  }
  for (let i = 0; i < logits.length; i++) logits[i] = (logits[i] as number) / total;
  return logits;
}

/** The first two of `rankCategories`, without sorting. */
function answerOf(scores: UnitScores, scoring: Scoring): Answer {
  const strengths = strengthsOf(scores, scoring);
  let first = 0;
  let second = -1;
  for (let c = 1; c < strengths.length; c++) {
    const strength = strengths[c] as number;
    if (strength > (strengths[first] as number)) {
      second = first;
      first = c;
    } else if (second < 0 || strength > (strengths[second] as number)) second = c;
  }
  return {
    ...candidateOf(scores, first),
    runnerUp: second < 0 ? undefined : candidateOf(scores, second),
  };
}

/**
 * All scores of images under a codebook. `[n, dim]` -> n times all scores
 * @throws RangeError for embeddings of another length
 * @throws as `createClassifier` does
 */
export function scoreUnits(images: Embeddings, spec: ClassifierSpec): readonly UnitScores[] {
  const classifier = createClassifier(spec);
  if (images.dim !== classifier.dim) {
    throw new RangeError(`images have ${images.dim} numbers, phrases ${classifier.dim}`);
  }
  return Array.from({ length: images.count }, (_, i) =>
    classifier.scoresOf(cosinesWith(embeddingAt(images, i), classifier.references)),
  ).flat();
}

/** The categories of a codebook for one image, the most probable first; ties keep the codebook's order. */
export function rankCategories(scores: UnitScores, scoring: Scoring): readonly Candidate[] {
  const strengths = strengthsOf(scores, scoring);
  const order = [...strengths.keys()];
  order.sort((a, b) => (strengths[b] as number) - (strengths[a] as number));
  return order.map((category) => candidateOf(scores, category));
}

/** What categories are ranked by: cosines where there are, for two probabilities may both have been rounded to 1. */
function strengthsOf({ categoryProbabilities, categoryCosines }: UnitScores, scoring: Scoring): Float64Array {
  return scoring === "sum" ? categoryProbabilities : categoryCosines;
}

function candidateOf({ bestPhrases, categoryProbabilities }: UnitScores, category: number): Candidate {
  return {
    category,
    phrase: bestPhrases[category] as number,
    probability: categoryProbabilities[category] as number,
  };
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
