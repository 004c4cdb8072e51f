/** A reciprocal condition number below which a matrix counts as singular: three digits would be left of float64's sixteen. */
const smallestReciprocalCondition = 1e-13;

/**
 * The inverse of a square matrix by Gauss-Jordan elimination with partial pivoting (Golub and Van Loan 2013, "Matrix
 * Computations", 4th ed., section 3.4). Rows and columns are first brought to the same scale (section 3.5.2), so that a column in years
 * beside one in shares does not pass for a singular matrix. `[p, p] -> [p, p]`
 *
 * @returns undefined where the scaled matrix is singular, or so near to it that its inverse would be roundings: its condition
 * number in the 1-norm is above 1e13
 * @throws RangeError for a matrix that is not square, is empty, or has numbers that are not finite
 */
export function maybeInverse(
  matrix: readonly (readonly number[])[],
): readonly (readonly number[])[] | undefined {
  const size = matrix.length;
  if (size === 0 || matrix.some((row) => row.length !== size || !row.every(Number.isFinite)))
    throw new RangeError("a square matrix of finite numbers is needed");
  const rowScales = matrix.map((row) => scaleOf(Math.max(...row.map(Math.abs))));
  const columnScales = matrix.map((_, j) =>
    scaleOf(Math.max(...matrix.map((row, i) => Math.abs(at(row, j)) * at(rowScales, i)))),
  );
  const scaled = matrix.map((row, i) => row.map((x, j) => x * at(rowScales, i) * at(columnScales, j)));
  const inverse = eliminated(scaled);
  if (inverse === undefined) return undefined;
  if (!(columnNorm(scaled) * columnNorm(inverse) < 1 / smallestReciprocalCondition)) return undefined;
  return inverse.map((row, i) => row.map((x, j) => x * at(columnScales, i) * at(rowScales, j)));
}

/** The largest sum of a column's absolute values: the matrix's 1-norm. `[p, p]` */
export function columnNorm(matrix: readonly (readonly number[])[]): number {
  const sums = (matrix[0] ?? []).map((_, j) => matrix.reduce((sum, row) => sum + Math.abs(at(row, j)), 0));
  return Math.max(0, ...sums);
}

/** A power of two, which scales without a rounding. */
function scaleOf(largest: number): number {
  return largest === 0 ? 1 : 2 ** -Math.round(Math.log2(largest));
}

function eliminated(matrix: readonly (readonly number[])[]): readonly (readonly number[])[] | undefined {
  const size = matrix.length;
  // The matrix with the identity beside it. [p, 2p]
  const rows = matrix.map((row, i) => [...row, ...row.map((_, j) => (i === j ? 1 : 0))]);
  for (let step = 0; step < size; step++) {
    let best = step;
    for (let i = step + 1; i < size; i++) {
      if (Math.abs(at(rows[i] ?? [], step)) > Math.abs(at(rows[best] ?? [], step))) best = i;
    }
    const pivotRow = rows[best] as number[];
    rows[best] = rows[step] as number[];
    rows[step] = pivotRow;
    const pivot = at(pivotRow, step);
    if (pivot === 0) return undefined;
    for (let j = 0; j < 2 * size; j++) pivotRow[j] = at(pivotRow, j) / pivot;
    for (const row of rows) {
      const factor = at(row, step);
      if (row === pivotRow || factor === 0) continue;
      for (let j = 0; j < 2 * size; j++) row[j] = at(row, j) - factor * at(pivotRow, j);
    }
  }
  return rows.map((row) => row.slice(size));
}

function at(row: readonly number[], index: number): number {
  return row[index] as number;
}
