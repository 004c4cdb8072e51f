import { setImmediate as nextTurn } from "node:timers/promises";
import type { Classifier } from "../classify.ts";
import type { Embeddings } from "../embeddings.ts";
import { openCosineProduct } from "../model/cosineProduct.ts";
import { damagedEmbedding } from "../store/embeddingStore.ts";
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
      requireUnitLength(images, imageIds);
      yield { positions, cosines: await product.cosinesOf(images) };
      from = last + 1;
    }
  } finally {
    await product.close();
  }
}

/** How far float32's roundings may take a stored vector's squared length from 1, and more. */
const lengthTolerance = 1e-3;

/** A vector of another length has been damaged in the study: it would get an answer like any other. @throws UserError */
function requireUnitLength({ values, dim }: Embeddings, imageIds: readonly number[]): void {
  imageIds.forEach((id, row) => {
    let squares = 0;
    for (let i = row * dim; i < (row + 1) * dim; i++) squares += (values[i] as number) ** 2;
    if (!(Math.abs(squares - 1) < lengthTolerance)) throw damagedEmbedding(id);
  });
}
