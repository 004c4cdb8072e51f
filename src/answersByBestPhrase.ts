import type { Answer } from "./classify.ts";
import { decayingExponential } from "./decayingExponential.ts";

/** What `answersByBestPhrase` needs to know of a codebook and a model. */
export interface BestPhraseSpec {
  /** Category of each phrase. `[P]` */
  readonly categoryOf: Int32Array;
  readonly logitScale: number;
}

/**
 * The answers of the scoring `max` under a softmax, as `scoresOf` and `rankCategories` give them, in two passes over each
 * image's cosines: this is what runs a million times when a phrase changes. `[n, P]` cosines -> n answers
 */
export function answersByBestPhrase(
  cosines: Float32Array | Float64Array,
  { categoryOf, logitScale }: BestPhraseSpec,
): readonly Answer[] {
  const P = categoryOf.length;
  const answers: Answer[] = [];
  for (let at = 0; at < cosines.length; at += P) {
    let best = 0;
    let second = -1;
    for (let p = 1; p < P; p++) {
      const category = categoryOf[p] as number;
      if (isAhead(cosines, at, p, best, categoryOf)) {
        // The phrase that led so far is the runner-up, unless it leads its own category no longer.
        if (category !== categoryOf[best]) second = best;
        best = p;
      } else if (
        category !== categoryOf[best] &&
        (second < 0 || isAhead(cosines, at, p, second, categoryOf))
      ) {
        second = p;
      }
    }
    const largest = cosines[at + best] as number;
    let total = 0;
    for (let p = 0; p < P; p++)
      total += decayingExponential(((cosines[at + p] as number) - largest) * logitScale);
    const probability = (p: number) =>
      decayingExponential(((cosines[at + p] as number) - largest) * logitScale) / total;
    answers.push({
      category: categoryOf[best] as number,
      phrase: best,
      probability: 1 / total,
      runnerUp:
        second < 0
          ? undefined
          : { category: categoryOf[second] as number, phrase: second, probability: probability(second) },
    });
  }
  return answers;
}

/** By cosine; on a tie the phrase of the earlier category, in one category the earlier phrase. */
function isAhead(
  cosines: Float32Array | Float64Array,
  at: number,
  phrase: number,
  other: number,
  categoryOf: Int32Array,
): boolean {
  const difference = (cosines[at + phrase] as number) - (cosines[at + other] as number);
  return (
    difference > 0 || (difference === 0 && (categoryOf[phrase] as number) < (categoryOf[other] as number))
  );
}
