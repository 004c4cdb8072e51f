import { setImmediate as nextTurn } from "node:timers/promises";
import type { Classifier } from "../classify.ts";
import { type Embeddings, maybeRowOfOtherLength } from "../embeddings.ts";
import { openCosineProduct } from "../model/cosineProduct.ts";
import { damagedEmbedding } from "../store/damagedEmbedding.ts";
import type { Study } from "../store/openStudy.ts";
import type { RunSpec } from "../store/runStore.ts";

/** Units that are scored together and stored in one transaction. */
const unitsPerBlock = 4096;

/** What of a run its embeddings are found by. */
type EmbeddingsOfRun = Pick<RunSpec, "encoderId" | "view">;

/** Cosines of some units of a run with what its classifier refers to. */
export interface CosineBlock {
  /** Where the units are in the run, ascending. `[n]` */
  readonly positions: readonly number[];
  /** `[n, references]` */
  readonly cosines: Float32Array;
}

/**
 * Gives every unit of a run that has an image its prediction, from stored embeddings.
 * @throws the signal's reason when aborted
 */
export async function scoreRun(
  study: Study,
  runId: number,
  run: EmbeddingsOfRun,
  classifier: Classifier,
  signal?: AbortSignal,
): Promise<void> {
  for await (const { positions, cosines } of cosineBlocks(study, runId, run, classifier)) {
    const answers = classifier.answersOf(cosines);
    study.transaction(() => {
      answers.forEach((answer, i) => {
        study.runs.savePrediction(runId, positions[i] as number, answer);
      });
    });
    // Scoring never waits for anything by itself: this is where Ctrl-C gets its turn.
    await nextTurn();
    signal?.throwIfAborted();
  }
}

/** All cosines of a run's units, in order, computed anew from stored embeddings; memory is bounded by a block. */
export async function* cosineBlocks(
  study: Study,
  runId: number,
  { encoderId, view }: EmbeddingsOfRun,
  classifier: Classifier,
): AsyncGenerator<CosineBlock> {
  const product = await openCosineProduct(classifier.references);
  try {
    for (let from = 0; ; ) {
      const { positions, imageIds } = study.runs.imagesOf(runId, from, unitsPerBlock);
      const last = positions.at(-1);
      if (last === undefined) return;
      const images = study.embeddings.vectorsOf(encoderId, view, imageIds);
      requireSound(images, imageIds, classifier.references.dim);
      yield { positions, cosines: await product.cosinesOf(images) };
      from = last + 1;
    }
  } finally {
    await product.close();
  }
}

/** An embedding that was damaged in the study would get an answer like any other. @throws UserError */
function requireSound(images: Embeddings, imageIds: readonly number[], dim: number): void {
  const row = images.dim === dim ? maybeRowOfOtherLength(images) : 0;
  if (row !== undefined) throw damagedEmbedding(`image ${imageIds[row]}`);
}
