import { allocateSample } from "../stats/allocateSample.ts";
import type { FrameStratum } from "./frameStrata.ts";
import type { DesignSpec } from "./sampleSpec.ts";

/** Fewer images say nothing of how much they vary, so that a half gets as many where its category's number allows it. */
const leastOfHalf = 2;

/**
 * How many images of each stratum are drawn: with a stratified design the floor of every category and the rest in proportion, the
 * number of a split category shared out over its halves in proportion, too; everything where the size is not below the frame's.
 * Not for Poisson designs, whose number is left to chance. `[strata]`
 */
export function allocateStrata(
  strata: readonly FrameStratum[],
  design: Exclude<DesignSpec, { kind: "uncertainty" }>,
): readonly number[] {
  const sizes = strata.map(({ rows }) => rows.length);
  const total = Math.min(design.size, sumOf(sizes));
  if (design.kind === "simple") return [total];
  const { floor, isSplit } = design;
  if (!isSplit) return allocateSample(sizes, total, { floor });
  const halves = sizes.flatMap((lower, at) => (at % 2 === 0 ? [[lower, sizes[at + 1] as number]] : []));
  return allocateSample(halves.map(sumOf), total, { floor }).flatMap((drawn, at) =>
    allocateSample(halves[at] as number[], drawn, { floor: Math.min(leastOfHalf, Math.floor(drawn / 2)) }),
  );
}

function sumOf(numbers: readonly number[]): number {
  return numbers.reduce((sum, number) => sum + number, 0);
}
