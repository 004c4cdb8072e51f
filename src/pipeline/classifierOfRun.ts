import { type Classifier, createClassifier } from "../classify.ts";
import { codebookPhrases } from "../codebook/codebook.ts";
import { embeddingAt, embeddings, matrixOf, maybeRowOfOtherLength, meanEmbedding } from "../embeddings.ts";
import { damagedEmbedding } from "../store/damagedEmbedding.ts";
import type { Study } from "../store/openStudy.ts";
import type { RunSpec } from "../store/runStore.ts";
import { textsOfPhrase } from "./embedPhrases.ts";

/** What of a run decides its answers, beside the embeddings. */
export type ClassifierSettings = Pick<
  RunSpec,
  "codebook" | "scoring" | "probabilityKind" | "logitScale" | "logitBias"
>;

/**
 * A run's classifier, from stored phrase embeddings: no tower is opened.
 * @throws UserError for a phrase whose embedding was damaged in the study
 * @throws RangeError when the study lacks an embedding of the run's phrases
 */
export function classifierOfRun(study: Study, run: RunSpec): Classifier {
  return classifierOfTexts(run, (text) => {
    const vector = study.embeddings.maybeOfText(run.encoderId, text);
    if (vector === undefined) throw new RangeError(`no embedding of "${text}" is stored`);
    return vector;
  });
}

/**
 * The classifier of a codebook and settings: a phrase's embedding is the mean over its templates.
 * @param vectorOf the embedding of a text that the text tower reads `[dim]`
 * @throws UserError for an embedding that was damaged in the study
 */
export function classifierOfTexts(
  settings: ClassifierSettings,
  vectorOf: (text: string) => Float32Array,
): Classifier {
  const { codebook, scoring, probabilityKind, logitScale, logitBias } = settings;
  const phrases = codebookPhrases(codebook);
  const vectors = phrases.map(({ text }) => {
    const variants = textsOfPhrase(codebook, text).map((variant) => {
      const vector = vectorOf(variant);
      if (maybeRowOfOtherLength(embeddings(vector, vector.length)) !== undefined)
        throw damagedEmbedding(`"${variant}"`);
      return vector;
    });
    const first = variants[0] as Float32Array;
    return variants.length === 1 ? first : embeddingAt(meanEmbedding(matrixOf(variants, first.length)), 0);
  });
  const dim = (vectors[0] as Float32Array).length;
  return createClassifier({
    phrases,
    phraseEmbeddings: matrixOf(vectors, dim),
    categoryCount: codebook.categories.length,
    scoring,
    probabilityKind,
    logitScale,
    logitBias,
  });
}
