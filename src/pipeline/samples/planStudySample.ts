import { type PlannedStratum, planSample, type SamplePlan } from "../../stats/planSample.ts";
import type { Run } from "../../store/runStore.ts";
import type { DrawnDesign } from "../../validation/drawnDesign.ts";
import { inclusionProbabilities } from "../../validation/inclusionProbabilities.ts";
import type { DesignSpec } from "../../validation/sampleSpec.ts";
import type { StudyFrame } from "./readSampleFrame.ts";
import { type AllocatedStratum, requireDrawable } from "./requireDrawable.ts";

/** What would be drawn of a predicted category, or of a half of it. */
export interface PlannedPart {
  /** Index into the run's categories. */
  readonly category: number;
  readonly half: "lower" | "upper" | undefined;
  /** Distinct images that it has. */
  readonly size: number;
  /** How many of them would be drawn; the expected number, mostly a fraction, where that is left to chance. */
  readonly drawn: number;
  /** The smallest and the largest inclusion probability in it, 0..1; undefined where it is empty. */
  readonly least: number | undefined;
  readonly most: number | undefined;
}

/** What a sample would be, and what it would tell. */
export interface StudyPlan {
  readonly design: DesignSpec;
  readonly frameSize: number;
  readonly left: DrawnDesign["left"];
  readonly parts: readonly PlannedPart[];
  /** Half widths of 95% intervals, if predictions are right as often as assumed; about this collection of images. */
  readonly expected: SamplePlan;
  /** The share of each category's predictions that are assumed right, 0..1. */
  readonly assumedPrecision: number;
}

/** Between a zero-shot classification's usual values; nothing is known before the coding. */
const defaultPrecision = 0.8;

/**
 * Plans a sample before it is drawn: how many images of each category, and how wide the intervals will be. Of a Poisson design,
 * whose images stand for different numbers of others, a category counts as its effective number `N^2 / sum 1/pi`, which has the same variance
 * of a mean where all images vary alike.
 * @throws UserError for a design that the frame does not fit
 */
export function planStudySample(
  run: Run,
  frame: StudyFrame,
  design: DesignSpec,
  assumedPrecision: number = defaultPrecision,
): StudyPlan {
  const strata = requireDrawable(run, frame, design);
  const categoryCount = run.codebook.categories.length;
  const { parts, effective } =
    design.kind === "stratified"
      ? stratifiedParts(strata)
      : partsByCategory(frame, inclusionProbabilities(frame, design, categoryCount), categoryCount);
  return {
    design,
    frameSize: frame.positions.length,
    left: frame.left,
    parts,
    expected: planSample(effective, categoryCount, { precision: assumedPrecision }),
    assumedPrecision,
  };
}

/** Parts as they are told, and as the variance sees them. */
interface PlannedParts {
  readonly parts: readonly PlannedPart[];
  readonly effective: readonly PlannedStratum[];
}

function stratifiedParts(strata: readonly AllocatedStratum[]): PlannedParts {
  const parts = strata.map(({ category, half, rows, drawn }) => {
    const probability = rows.length === 0 ? undefined : drawn / rows.length;
    return {
      category: category as number,
      half,
      size: rows.length,
      drawn,
      least: probability,
      most: probability,
    };
  });
  return { parts, effective: parts };
}

function partsByCategory(
  { categories }: StudyFrame,
  inclusion: Float64Array,
  categoryCount: number,
): PlannedParts {
  const sums = Array.from({ length: categoryCount }, () => ({
    size: 0,
    drawn: 0,
    inverse: 0,
    least: 1,
    most: 0,
  }));
  for (const [row, probability] of inclusion.entries()) {
    const sum = sums[categories[row] as number] as (typeof sums)[number];
    sum.size += 1;
    sum.drawn += probability;
    sum.inverse += 1 / probability;
    sum.least = Math.min(sum.least, probability);
    sum.most = Math.max(sum.most, probability);
  }
  return {
    parts: sums.map(({ size, drawn, least, most }, category) => ({
      category,
      half: undefined,
      size,
      drawn,
      least: size === 0 ? undefined : least,
      most: size === 0 ? undefined : most,
    })),
    effective: sums.map(({ size, inverse }, category) => ({
      category,
      size,
      // Sums of fractions end a little beyond what they stand for.
      drawn: size === 0 ? 0 : Math.min(size, size ** 2 / inverse),
    })),
  };
}
