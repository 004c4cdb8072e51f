/** A row-major matrix of unit-length vectors `[count, dim]`. */
export interface Embeddings {
  readonly values: Float32Array;
  readonly count: number;
  readonly dim: number;
}

/** @throws RangeError when the numbers do not make whole rows */
export function embeddings(values: Float32Array, dim: number): Embeddings {
  if (!Number.isInteger(dim) || dim <= 0 || values.length % dim !== 0) {
    throw new RangeError(`${values.length} numbers do not make rows of ${dim}`);
  }
  return { values, count: values.length / dim, dim };
}

/** Row `index` as a view on the matrix, not a copy. `[dim]` */
export function embeddingAt(matrix: Embeddings, index: number): Float32Array {
  if (!(Number.isInteger(index) && index >= 0 && index < matrix.count))
    throw new RangeError(`no row ${index} in ${matrix.count}`);
  return matrix.values.subarray(index * matrix.dim, (index + 1) * matrix.dim);
}

/**
 * Scales every row to length 1, in place; the sums run in float64. `[n, dim]`
 * @throws RangeError for a row that has no direction: all zero, or not finite
 */
export function normaliseRows(values: Float32Array, dim: number): Embeddings {
  const matrix = embeddings(values, dim);
  for (let row = 0; row < matrix.count; row++) {
    const vector = embeddingAt(matrix, row);
    let squares = 0;
    for (const x of vector) squares += x * x;
    const length = Math.sqrt(squares);
    if (!(length > 0 && length < Number.POSITIVE_INFINITY)) {
      throw new RangeError(`row ${row} has length ${length}: it is no direction`);
    }
    for (let i = 0; i < dim; i++) vector[i] = (vector[i] as number) / length;
  }
  return matrix;
}

/** How far float32's roundings may take a row's squared length from 1, and more. */
const lengthTolerance = 1e-3;

/** The first row that has not length 1, or is not finite; undefined where all are unit vectors. `[n, dim]` */
export function maybeRowOfOtherLength({ values, count, dim }: Embeddings): number | undefined {
  for (let row = 0; row < count; row++) {
    let squares = 0;
    for (let i = row * dim; i < (row + 1) * dim; i++) squares += (values[i] as number) ** 2;
    if (!(Math.abs(squares - 1) < lengthTolerance)) return row;
  }
  return undefined;
}

/** Rows put one below the other. @throws RangeError when their lengths differ */
export function stackEmbeddings(parts: readonly Embeddings[]): Embeddings {
  const dim = parts[0]?.dim ?? 1;
  const values = new Float32Array(parts.reduce((sum, part) => sum + part.values.length, 0));
  let at = 0;
  for (const part of parts) {
    if (part.dim !== dim) throw new RangeError(`embeddings of ${part.dim} and of ${dim} numbers do not mix`);
    values.set(part.values, at);
    at += part.values.length;
  }
  return embeddings(values, dim);
}

/** Mean of the embeddings of one phrase under several templates, unit length. `[T, dim] -> [1, dim]` */
export function meanEmbedding(rows: Embeddings): Embeddings {
  const sums = new Float64Array(rows.dim);
  rows.values.forEach((x, i) => {
    sums[i % rows.dim] = (sums[i % rows.dim] as number) + x;
  });
  return normaliseRows(Float32Array.from(sums), rows.dim);
}

/** One matrix of vectors of the same length. `n x [dim] -> [n, dim]` @throws RangeError when lengths differ */
export function matrixOf(vectors: readonly Float32Array[], dim: number): Embeddings {
  const values = new Float32Array(vectors.length * dim);
  vectors.forEach((vector, i) => {
    if (vector.length !== dim)
      throw new RangeError(`a vector of ${vector.length} numbers among those of ${dim}`);
    values.set(vector, i * dim);
  });
  return embeddings(values, dim);
}
