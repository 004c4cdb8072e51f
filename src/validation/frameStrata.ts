import type { SampleStratum } from "./drawnDesign.ts";
import type { SampleFrame } from "./sampleFrame.ts";
import type { DesignSpec } from "./sampleSpec.ts";

/** A part of a frame that is drawn from by itself. */
export interface FrameStratum extends Pick<SampleStratum, "category" | "half"> {
  /** Which rows of the frame it has, ascending. */
  readonly rows: Int32Array;
}

/**
 * The strata of a design: one of the whole frame, one of each category, or two of each, below the median of its probabilities and from
 * there on. Of an even number of images the median is the greater of the two in the middle; images with that very probability are all
 * in the upper half, which can then be the larger one. Empty strata are kept.
 * @throws RangeError for a category that is not one of `categoryCount`
 */
export function frameStrata(
  frame: SampleFrame,
  design: DesignSpec,
  categoryCount: number,
): readonly FrameStratum[] {
  if (design.kind !== "stratified")
    return [{ category: undefined, half: undefined, rows: Int32Array.from(frame.categories.keys()) }];
  const rowsOf = rowsByCategory(frame.categories, categoryCount);
  if (!design.isSplit) return rowsOf.map((rows, category) => ({ category, half: undefined, rows }));
  return rowsOf.flatMap((rows, category) => {
    const probabilities = Float64Array.from(rows, (row) => frame.probabilities[row] as number);
    const median = probabilities.toSorted()[probabilities.length >> 1] as number;
    return [
      { category, half: "lower", rows: rows.filter((_, at) => (probabilities[at] as number) < median) },
      { category, half: "upper", rows: rows.filter((_, at) => !((probabilities[at] as number) < median)) },
    ] as const;
  });
}

/** How many images of a frame each category has. `[categoryCount]` */
export function categorySizes({ categories }: SampleFrame, categoryCount: number): readonly number[] {
  const sizes = new Array<number>(categoryCount).fill(0);
  for (const category of categories) {
    if (sizes[category] === undefined) throw new RangeError(`there is no category ${category}`);
    sizes[category] += 1;
  }
  return sizes;
}

function rowsByCategory(categories: Int32Array, categoryCount: number): readonly Int32Array[] {
  const rowsOf = categorySizes({ categories } as SampleFrame, categoryCount).map(
    (size) => new Int32Array(size),
  );
  const filled = new Int32Array(categoryCount);
  for (const [row, category] of categories.entries()) {
    (rowsOf[category] as Int32Array)[filled[category] as number] = row;
    filled[category] = (filled[category] as number) + 1;
  }
  return rowsOf;
}
