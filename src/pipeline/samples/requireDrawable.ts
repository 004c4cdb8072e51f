import { UserError } from "../../errors.ts";
import type { Run } from "../../store/runStore.ts";
import { allocateStrata } from "../../validation/allocateStrata.ts";
import { type FrameStratum, frameStrata } from "../../validation/frameStrata.ts";
import type { DesignSpec } from "../../validation/sampleSpec.ts";
import type { StudyFrame } from "./readSampleFrame.ts";

/** A part of a frame, and how many of its images a stratified design draws. */
export interface AllocatedStratum extends FrameStratum {
  readonly drawn: number;
}

/**
 * Whether a design fits a frame.
 * @returns the strata of a stratified design; none of another one
 * @throws UserError for a frame without images, a size above it or below 1, and strata of which nothing would be drawn
 */
export function requireDrawable(
  run: Run,
  frame: StudyFrame,
  design: DesignSpec,
): readonly AllocatedStratum[] {
  const count = frame.positions.length;
  const { inSamples, reviewed, examples, failedUnits } = frame.left;
  const excluded = inSamples + reviewed + examples;
  const whyLess =
    excluded === 0 ? "" : `, ${excluded} ${excluded === 1 ? "other is" : "others are"} left out`;
  if (count === 0) {
    throw new UserError(`run ${run.id} has no images that could be drawn${whyLess}`, {
      hint:
        excluded > 0
          ? "leave out less"
          : failedUnits > 0
            ? `none of its ${failedUnits} units could be classified: see the results table for the reasons`
            : "classify images first",
    });
  }
  if (!(design.size >= 1)) {
    throw new UserError(`a sample of ${design.size} images cannot be drawn`, { hint: "give at least 1" });
  }
  if (design.size > count) {
    throw new UserError(
      `a sample of ${design.size} images cannot be drawn: run ${run.id} has ${count} different ones${whyLess}`,
      { hint: `give ${count} or less; ${count} is all of them` },
    );
  }
  if (design.kind !== "stratified") return [];
  const categoryCount = run.codebook.categories.length;
  const strata = frameStrata(frame, design, categoryCount);
  const sizes = allocateStrata(strata, design);
  const allocated = strata.map((stratum, at) => ({ ...stratum, drawn: sizes[at] as number }));
  const uncovered = allocated.find(({ rows, drawn }) => rows.length > 0 && drawn === 0);
  if (uncovered === undefined) return allocated;
  const name = run.codebook.categories[uncovered.category as number]?.name;
  const part = uncovered.half === undefined ? "" : ` (${uncovered.half} half)`;
  throw new UserError(
    `none of the ${uncovered.rows.length} images predicted as "${name}"${part} would be drawn`,
    { hint: "raise the size or the floor, or draw with the design simple" },
  );
}
