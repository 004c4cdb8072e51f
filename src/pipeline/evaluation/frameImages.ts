import type { Study } from "../../store/openStudy.ts";
import type { Sample } from "../../store/sampleStore.ts";
import { isInFrame } from "../../validation/frameBits.ts";
import { answerBlocks } from "./answerBlocks.ts";

/** The images of a sample's frame, by their ids. @throws the signal's reason when aborted */
export async function frameImages(study: Study, sample: Sample, signal?: AbortSignal): Promise<Set<number>> {
  const bits = study.samples.frameOf(sample.id);
  const images = new Set<number>();
  for await (const { positions, imageIds } of answerBlocks(study, sample.runId, signal))
    for (const [i, position] of positions.entries())
      if (isInFrame(bits, position)) images.add(imageIds[i] as number);
  return images;
}
