import { open } from "node:fs/promises";
import { type FileSpan, readFully } from "./onnxTensor.ts";

/** A matrix in int8: `weight = int8 * scale of its column`. */
export interface Int8Matrix {
  /** Row by row. `[rows, columns]`, -127..127 */
  readonly values: Int8Array;
  /** One per column. `[columns]` */
  readonly scales: Float32Array;
}

/** A float32 matrix in a file, little-endian. */
export interface StoredMatrix {
  readonly name: string;
  readonly span: FileSpan;
  /** As it is to be read. */
  readonly rows: number;
  readonly columns: number;
  /** Whether it is stored column by column. */
  readonly transposed: boolean;
}

/** The largest int8 that has a negative twin: symmetric quantisation leaves -128 out. */
const largest = 127;
/** Read at once: large enough for a disk's full speed, small beside a model. */
const blockBytes = 2 ** 22;
/** Adding and subtracting 1.5 * 2^52 rounds a float64 to a whole number, halves to even (IEEE 754's own rounding). */
const rounder = 1.5 * 2 ** 52;

/**
 * Quantises a matrix symmetrically, one scale per column: the column's largest magnitude becomes 127 (Wu et al. 2020,
 * "Integer quantization for deep learning inference", §3.1.2 and §3.2.1; halves round to even). A column of zeros gets
 * the scale 1. Two passes over the file, a block at a time; only the int8 matrix itself is held.
 * @throws RangeError when the file ends too early, or a number is not finite
 */
export async function quantiseMatrix(matrix: StoredMatrix, signal?: AbortSignal): Promise<Int8Matrix> {
  const { name, rows, columns, transposed } = matrix;
  const storedColumns = transposed ? rows : columns;
  const blocks = () => readBlocks(matrix, signal);
  const peaks = new Float64Array(columns);
  for await (const { firstRow, numbers } of blocks()) {
    for (let at = 0; at < numbers.length; at++) {
      const column = transposed ? firstRow + Math.floor(at / storedColumns) : at % storedColumns;
      const magnitude = Math.abs(numbers[at] as number);
      // A NaN compares false with everything: it has to be let in by itself, and then it stays.
      if (magnitude > (peaks[column] as number) || Number.isNaN(magnitude)) peaks[column] = magnitude;
    }
  }
  if (!peaks.every(Number.isFinite))
    throw new RangeError(`"${name}" has weights that are not finite numbers`);
  const scales = Float32Array.from(peaks, (peak) => {
    const scale = Math.fround(peak / largest);
    return scale === 0 ? 1 : scale;
  });
  const values = new Int8Array(rows * columns);
  for await (const { firstRow, numbers } of blocks()) {
    for (let at = 0; at < numbers.length; at++) {
      const row = firstRow + Math.floor(at / storedColumns);
      const column = at % storedColumns;
      const ratio = (numbers[at] as number) / (scales[transposed ? row : column] as number);
      const whole = ratio + rounder - rounder;
      values[transposed ? column * columns + row : row * columns + column] = Math.max(
        -largest,
        Math.min(largest, whole),
      );
    }
  }
  return { values, scales };
}

/** Whole rows as they are stored, many at a time. */
async function* readBlocks(
  { name, span, rows, columns, transposed }: StoredMatrix,
  signal: AbortSignal | undefined,
): AsyncGenerator<{ readonly firstRow: number; readonly numbers: Float32Array }> {
  const [storedRows, storedColumns] = transposed ? [columns, rows] : [rows, columns];
  const rowBytes = storedColumns * 4;
  const rowsAtOnce = Math.min(storedRows, Math.max(1, Math.floor(blockBytes / rowBytes)));
  const buffer = new ArrayBuffer(rowsAtOnce * rowBytes);
  const file = await open(span.path, "r");
  try {
    for (let firstRow = 0; firstRow < storedRows; firstRow += rowsAtOnce) {
      signal?.throwIfAborted();
      const block = new Uint8Array(buffer, 0, Math.min(rowsAtOnce, storedRows - firstRow) * rowBytes);
      await readFully(file, block, span.offset + firstRow * rowBytes, name);
      yield { firstRow, numbers: new Float32Array(buffer, 0, block.length / 4) };
    }
  } finally {
    await file.close();
  }
}
