import type { Study } from "../../store/openStudy.ts";
import type { Run } from "../../store/runStore.ts";
import type { Sample } from "../../store/sampleStore.ts";
import { answerBlocks } from "./answerBlocks.ts";
import { frameImages } from "./frameImages.ts";

/** What a run says of a sample's frame; of a million units 12 MB. */
export interface FrameUnits {
  /** The run's classified units whose image could be drawn, in its order. `[units]` */
  readonly positions: Int32Array;
  readonly imageIds: Int32Array;
  /** Predicted ones. `[units]` */
  readonly categories: Int32Array;
  /** Distinct images of the frame by predicted category, where several units show one by the first. `[K]` */
  readonly sizes: readonly number[];
  /** Images of the frame without a prediction in this run. */
  readonly unclassified: number;
  /** The run's classified units whose image could not be drawn. */
  readonly outsideFrame: number;
}

/**
 * Reads the units of a run whose images could be drawn; the run need not be the one that was drawn from.
 * @throws the signal's reason when aborted
 */
export async function readFrameUnits(
  study: Study,
  sample: Sample,
  run: Run,
  signal?: AbortSignal,
): Promise<FrameUnits> {
  const frame = await frameImages(study, sample, signal);
  const seen = new Set<number>();
  const sizes = run.codebook.categories.map(() => 0);
  const most = study.units.count(run.id);
  const [positions, imageIds, categories] = [
    new Int32Array(most),
    new Int32Array(most),
    new Int32Array(most),
  ];
  let count = 0;
  let outsideFrame = 0;
  for await (const block of answerBlocks(study, run.id, signal)) {
    for (const [i, imageId] of block.imageIds.entries()) {
      if (!frame.has(imageId)) {
        outsideFrame += 1;
        continue;
      }
      const category = block.categories[i] as number;
      positions[count] = block.positions[i] as number;
      imageIds[count] = imageId;
      categories[count] = category;
      count += 1;
      if (seen.has(imageId)) continue;
      seen.add(imageId);
      sizes[category] = (sizes[category] as number) + 1;
    }
  }
  return {
    positions: positions.subarray(0, count),
    imageIds: imageIds.subarray(0, count),
    categories: categories.subarray(0, count),
    sizes,
    unclassified: frame.size - seen.size,
    outsideFrame,
  };
}
