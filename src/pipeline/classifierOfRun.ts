import { type Classifier, createClassifier } from "../classify.ts";
import { codebookPhrases } from "../codebook/codebook.ts";
import { embeddingAt, embeddings, matrixOf, maybeRowOfOtherLength, meanEmbedding } from "../embeddings.ts";
import { damagedEmbedding } from "../store/embeddingStore.ts";
import type { Study } from "../store/openStudy.ts";
import type { RunSpec } from "../store/runStore.ts";
import { textsOfPhrase } from "./embedPhrases.ts";

/**
 * A run's classifier, from stored phrase embeddings: no tower is opened.
 * @throws UserError for a phrase whose embedding was damaged in the study
 * @throws RangeError when the study lacks an embedding of the run's phrases
 */
export function classifierOfRun(study: Study, run: RunSpec): Classifier {
  const phrases = codebookPhrases(run.codebook);
  const vectors = phrases.map(({ text }) => {
    const variants = textsOfPhrase(run.codebook, text).map((variant) => {
      const vector = study.embeddings.maybeOfText(run.encoderId, variant);
      if (vector === undefined) throw new RangeError(`no embedding of "${variant}" is stored`);
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
    categoryCount: run.codebook.categories.length,
    scoring: run.scoring,
    probabilityKind: run.probabilityKind,
    logitScale: run.logitScale,
    logitBias: run.logitBias,
  });
}
