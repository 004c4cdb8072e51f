import { sampleIndices, sampleWithoutReplacement } from "../seededRandom.ts";
import { allocateStrata } from "./allocateStrata.ts";
import type { SampleStratum } from "./drawnDesign.ts";
import { type FrameStratum, frameStrata } from "./frameStrata.ts";
import { namedRandom } from "./namedRandom.ts";
import { poissonProbabilities } from "./poissonProbabilities.ts";
import { orderedFrame, type SampleFrame } from "./sampleFrame.ts";
import type { SampleSpec } from "./sampleSpec.ts";

/** An image that was drawn. */
export interface DrawnMember {
  readonly position: number;
  readonly imageId: number;
  /** Index into the strata. */
  readonly stratum: number;
  /** Exact: the share of all seeds that draw it. 0..1, above 0 */
  readonly inclusionProbability: number;
}

/** What a design drew from a frame. */
export interface DrawnSample {
  readonly strata: readonly SampleStratum[];
  /** In random order. */
  readonly members: readonly DrawnMember[];
}

/**
 * Draws images from a frame with known inclusion probabilities: `n_h / N_h` in each stratum, without replacement, or each image by itself
 * with its own probability (Poisson; the number drawn is then random). A function of the frame's rows, the design, the
 * sample's name and the seed: the order of the rows does not matter, and by the same seed a sample of another name has other images. A size that is not below the frame's draws all of it.
 * @throws RangeError for a frame with an image twice, a category that is not one of `categoryCount`, sizes that are no whole
 * numbers, and a stratum with images of which none would be drawn
 */
export function drawSample(
  frame: SampleFrame,
  { name, design, seed }: Pick<SampleSpec, "name" | "design" | "seed">,
  categoryCount: number,
): DrawnSample {
  if (!(Number.isInteger(design.size) && design.size > 0)) throw new RangeError(`a size of ${design.size}`);
  const rows = orderedFrame(frame);
  const random = namedRandom(seed, `sample ${name}`);
  const strata = frameStrata(rows, design, categoryCount);
  const sizes = design.kind === "uncertainty" ? [] : allocateStrata(strata, design);
  const uncovered = strata.findIndex(({ rows }, at) => rows.length > 0 && sizes[at] === 0);
  if (uncovered !== -1) throw new RangeError(`nothing would be drawn of stratum ${uncovered}`);
  const drawnRows =
    design.kind === "uncertainty"
      ? [drawPoisson(poissonProbabilities(rows.probabilities, design.size, design.least), random)]
      : drawStrata(strata, sizes, random);
  const members = drawnRows.flatMap((drawn, stratum) =>
    drawn.map(([row, inclusionProbability]) => ({
      position: rows.positions[row] as number,
      imageId: rows.imageIds[row] as number,
      stratum,
      inclusionProbability,
    })),
  );
  return {
    strata: strata.map(({ category, half, rows }, at) => ({
      category,
      half,
      size: rows.length,
      drawn: (drawnRows[at] as readonly unknown[]).length,
    })),
    members: sampleWithoutReplacement(members, members.length, random),
  };
}

type DrawnRow = readonly [row: number, inclusionProbability: number];

function drawStrata(
  strata: readonly FrameStratum[],
  sizes: readonly number[],
  random: () => number,
): readonly (readonly DrawnRow[])[] {
  return strata.map(({ rows }, at) => {
    const size = sizes[at] as number;
    const drawn = sampleIndices(rows.length, size, random);
    return drawn.map((index) => [rows[index] as number, size / rows.length]);
  });
}

function drawPoisson(probabilities: Float64Array, random: () => number): readonly DrawnRow[] {
  const drawn: DrawnRow[] = [];
  for (const [row, probability] of probabilities.entries()) {
    if (random() < probability) drawn.push([row, probability]);
  }
  return drawn;
}
