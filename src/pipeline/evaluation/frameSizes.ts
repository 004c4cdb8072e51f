import type { Study } from "../../store/openStudy.ts";
import type { RunAnswers } from "../../store/runAnswers.ts";
import type { Run } from "../../store/runStore.ts";
import type { Sample } from "../../store/sampleStore.ts";
import { isInFrame } from "../../validation/frameBits.ts";

/** Answers that are read at once. */
const unitsPerBlock = 65_536;

/** What a run says of a sample's frame. */
export interface FrameSizes {
  /** Distinct images of the frame by predicted category. `[K]` */
  readonly sizes: readonly number[];
  /** Images of the frame without a prediction in this run. */
  readonly unclassified: number;
}

/** Counts the images that could be drawn by what a run predicts for them; the run need not be the one that was drawn from. */
export function frameSizes(study: Study, sample: Sample, run: Run): FrameSizes {
  const images = frameImages(study, sample);
  const sizes = run.codebook.categories.map(() => 0);
  for (const { imageIds, categories } of answerBlocks(study, run.id)) {
    for (const [i, imageId] of imageIds.entries()) {
      // An image that several units show counts once.
      if (!images.delete(imageId)) continue;
      const category = categories[i] as number;
      sizes[category] = (sizes[category] as number) + 1;
    }
  }
  return { sizes, unclassified: images.size };
}

/** The images of a sample's frame, by their ids. */
export function frameImages(study: Study, sample: Sample): Set<number> {
  const bits = study.samples.frameOf(sample.id);
  const images = new Set<number>();
  for (const { positions, imageIds } of answerBlocks(study, sample.runId))
    for (const [i, position] of positions.entries())
      if (isInFrame(bits, position)) images.add(imageIds[i] as number);
  return images;
}

/** A run's answers from first to last, some at a time. */
export function* answerBlocks(study: Study, runId: number): Generator<RunAnswers> {
  for (let from = 0; ; ) {
    const block = study.answers.answersOf(runId, from, unitsPerBlock);
    const last = block.positions.at(-1);
    if (last === undefined) return;
    yield block;
    from = last + 1;
  }
}
