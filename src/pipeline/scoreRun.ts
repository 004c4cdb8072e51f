import { setImmediate as nextTurn } from "node:timers/promises";
import { type Classifier, rankCategories, type UnitScores } from "../classify.ts";
import { matrixOf } from "../embeddings.ts";
import type { Study } from "../store/openStudy.ts";
import type { Prediction } from "../store/runStore.ts";

/** Units that are scored and stored in one transaction. */
const unitsPerTransaction = 4096;

/**
 * Gives every unit of a run that has an image its prediction, from stored embeddings.
 * @throws the signal's reason when aborted
 */
export async function scoreRun(
  study: Study,
  runId: number,
  classifier: Classifier,
  signal?: AbortSignal,
): Promise<void> {
  for (const batch of scoredBatches(study, runId, classifier)) {
    study.transaction(() => {
      for (const { position, scores } of batch) {
        study.runs.savePrediction(runId, position, predictionOf(scores, classifier));
      }
    });
    // Scoring never waits for anything by itself: this is where Ctrl-C gets its turn.
    await nextTurn();
    signal?.throwIfAborted();
  }
}

/** All scores of a run's units, in order, computed anew from stored embeddings; memory is bounded by a batch. */
export function* scoredBatches(
  study: Study,
  runId: number,
  classifier: Classifier,
): Generator<readonly { readonly position: number; readonly scores: UnitScores }[]> {
  for (let from = 0; ; ) {
    const units = study.runs.embeddedUnits(runId, from, unitsPerTransaction);
    const last = units.at(-1);
    if (last === undefined) return;
    const vectors = units.map(({ vector }) => vector);
    const scores = classifier.scoreUnits(matrixOf(vectors, classifier.dim));
    yield units.map(({ position }, i) => ({ position, scores: scores[i] as UnitScores }));
    from = last.position + 1;
  }
}

function predictionOf(scores: UnitScores, classifier: Classifier): Prediction {
  const [best, runnerUp] = rankCategories(scores, classifier.scoring);
  if (best === undefined) throw new RangeError("a codebook has at least one category");
  return { ...best, runnerUp };
}
