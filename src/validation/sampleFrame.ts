/** The images that a sample is drawn from, one row for each distinct image. `[n]` each, in any order */
export interface SampleFrame {
  /** Of the unit that stands for the image, in its run. */
  readonly positions: Int32Array;
  readonly imageIds: Int32Array;
  /** Indices of the predicted categories. */
  readonly categories: Int32Array;
  /** Of the predictions, 0..1. */
  readonly probabilities: Float64Array;
}

/**
 * The same frame with its rows by position, so that what is drawn does not depend on the order in which they came.
 * @throws RangeError for columns of different lengths, and for an image or a position that is there twice
 */
export function orderedFrame(frame: SampleFrame): SampleFrame {
  const { positions, imageIds, categories, probabilities } = frame;
  const count = positions.length;
  if ([imageIds, categories, probabilities].some(({ length }) => length !== count))
    throw new RangeError("the columns of a frame have different lengths");
  const images = new Set(imageIds);
  if (images.size !== count) throw new RangeError(`${count} rows of a frame show ${images.size} images`);
  const order = positions.every((position, row) => row === 0 || (positions[row - 1] as number) < position)
    ? undefined
    : Int32Array.from(positions.keys()).sort(
        (a, b) => (positions[a] as number) - (positions[b] as number) || a - b,
      );
  if (order === undefined) return frame;
  const ordered = {
    positions: Int32Array.from(order, (row) => positions[row] as number),
    imageIds: Int32Array.from(order, (row) => imageIds[row] as number),
    categories: Int32Array.from(order, (row) => categories[row] as number),
    probabilities: Float64Array.from(order, (row) => probabilities[row] as number),
  };
  const repeated = ordered.positions.find((position, row) => position === ordered.positions[row + 1]);
  if (repeated !== undefined) throw new RangeError(`two rows of a frame have the position ${repeated}`);
  return ordered;
}
