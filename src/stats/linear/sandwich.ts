import { product } from "./product.ts";
import { timesVector } from "./timesVector.ts";

/** `B M B'`, the covariance of estimates whose inverse Jacobian is B and whose moments vary by M. `[p, p], [p, p] -> [p, p]` */
export function sandwich(
  bread: readonly (readonly number[])[],
  meat: readonly (readonly number[])[],
): readonly (readonly number[])[] {
  const half = bread.map((row) => timesVector(transposed(meat), row));
  return half.map((row) => bread.map((other) => product(row, other)));
}

function transposed(matrix: readonly (readonly number[])[]): readonly (readonly number[])[] {
  return (matrix[0] ?? []).map((_, j) => matrix.map((row) => row[j] as number));
}
