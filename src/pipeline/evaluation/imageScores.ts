import type { Classifier, UnitScores } from "../../classify.ts";
import { type Embeddings, maybeRowOfOtherLength } from "../../embeddings.ts";
import { openCosineProduct } from "../../model/cosineProduct.ts";
import { damagedEmbedding } from "../../store/damagedEmbedding.ts";
import type { Study } from "../../store/openStudy.ts";
import type { Run } from "../../store/runStore.ts";

/**
 * The embeddings of a sample's images, as the run has them. `[n, dim]`
 * @throws UserError for one that was damaged in the study
 */
export function sampledEmbeddings(study: Study, run: Run, imageIds: readonly number[]): Embeddings {
  const images = study.embeddings.vectorsOf(run.encoderId, run.view, imageIds);
  const damaged = maybeRowOfOtherLength(images);
  if (damaged !== undefined) throw damagedEmbedding(`image ${imageIds[damaged]}`);
  return images;
}

/** All scores of images by a classifier, from the same product as a run's. `[n, dim] -> n scores` */
export async function imageScores(
  images: Embeddings,
  classifier: Classifier,
): Promise<readonly UnitScores[]> {
  if (images.count === 0) return [];
  const product = await openCosineProduct(classifier.references);
  try {
    return classifier.scoresOf(await product.cosinesOf(images));
  } finally {
    await product.close();
  }
}
