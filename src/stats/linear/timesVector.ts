import { product } from "./product.ts";

/** A matrix times a vector. `[p, q], [q] -> [p]` */
export function timesVector(
  matrix: readonly (readonly number[])[],
  vector: readonly number[],
): readonly number[] {
  return matrix.map((row) => product(row, vector));
}
