import { allocateStrata } from "./allocateStrata.ts";
import { frameStrata } from "./frameStrata.ts";
import { poissonProbabilities } from "./poissonProbabilities.ts";
import type { SampleFrame } from "./sampleFrame.ts";
import type { DesignSpec } from "./sampleSpec.ts";

/** Every image's chance to be drawn from a frame by a design, in the order of the frame's rows. [rows], 0..1 */
export function inclusionProbabilities(
  frame: SampleFrame,
  design: DesignSpec,
  categoryCount: number,
): Float64Array {
  const count = frame.positions.length;
  if (design.kind === "uncertainty")
    return poissonProbabilities(frame.probabilities, design.size, design.least);
  if (design.kind === "simple") return new Float64Array(count).fill(Math.min(1, design.size / count));
  const strata = frameStrata(frame, design, categoryCount);
  const sizes = allocateStrata(strata, design);
  const inclusion = new Float64Array(count);
  for (const [at, { rows }] of strata.entries()) {
    for (const row of rows) inclusion[row] = (sizes[at] as number) / rows.length;
  }
  return inclusion;
}
