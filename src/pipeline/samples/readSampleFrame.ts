import type { Study } from "../../store/openStudy.ts";
import type { RunAnswers } from "../../store/runAnswers.ts";
import type { Run } from "../../store/runStore.ts";
import type { DrawnDesign } from "../../validation/drawnDesign.ts";
import type { SampleFrame } from "../../validation/sampleFrame.ts";
import type { SampleExclusions } from "../../validation/sampleSpec.ts";
import { excludedImages } from "./excludedImages.ts";

/** The images of a run that can be drawn, and how many of it cannot. */
export interface StudyFrame extends SampleFrame {
  readonly left: DrawnDesign["left"];
}

/** Units that are read at once. */
const unitsAtOnce = 65_536;

/**
 * Reads what a sample of a run is drawn from: one row for each distinct image with a prediction, by position, for which its first unit
 * stands. Left out is what the exclusions name: images of other samples, what anybody judged in a review of any run and did not
 * take back, and the codebook's examples by their names. A million units take about 50 MB.
 * @throws UserError for an excluded sample that is not there
 */
export function readSampleFrame(study: Study, run: Run, exclusions: SampleExclusions): StudyFrame {
  const blocks: RunAnswers[] = [];
  for (let from = 0; ; ) {
    const block = study.answers.answersOf(run.id, from, unitsAtOnce);
    blocks.push(block);
    if (block.positions.length < unitsAtOnce) break;
    from = (block.positions.at(-1) as number) + 1;
  }
  const classified = blocks.reduce((sum, { positions }) => sum + positions.length, 0);
  const excluded = excludedImages(study, run, exclusions);
  const left = { inSamples: 0, reviewed: 0, examples: 0 };
  const known = new Set<number>();
  const columns = {
    positions: new Int32Array(classified),
    imageIds: new Int32Array(classified),
    categories: new Int32Array(classified),
    probabilities: new Float64Array(classified),
  };
  let count = 0;
  for (const block of blocks) {
    for (const [row, imageId] of block.imageIds.entries()) {
      if (known.has(imageId)) continue;
      known.add(imageId);
      const kind = excluded.get(imageId);
      if (kind !== undefined) {
        left[kind] += 1;
        continue;
      }
      columns.positions[count] = block.positions[row] as number;
      columns.imageIds[count] = imageId;
      columns.categories[count] = block.categories[row] as number;
      columns.probabilities[count] = block.probabilities[row] as number;
      count += 1;
    }
  }
  return {
    positions: columns.positions.slice(0, count),
    imageIds: columns.imageIds.slice(0, count),
    categories: columns.categories.slice(0, count),
    probabilities: columns.probabilities.slice(0, count),
    left: {
      failedUnits: study.units.count(run.id) - classified,
      doubledUnits: classified - known.size,
      ...left,
    },
  };
}
