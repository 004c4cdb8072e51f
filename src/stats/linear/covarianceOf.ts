import { outerProducts } from "./outerProducts.ts";

/**
 * The covariance matrix of rows' columns, with the sum of products divided by n - 1, or by n - `correction`. `[n, p] -> [p, p]`
 * @throws RangeError for no more rows than the correction
 */
export function covarianceOf(
  rows: readonly (readonly number[])[],
  others: readonly (readonly number[])[] = rows,
  correction: 0 | 1 = 1,
): readonly (readonly number[])[] {
  if (rows.length <= correction) throw new RangeError(`${rows.length} rows have no covariance`);
  const divisor = rows.length - correction;
  return outerProducts(centred(rows), centred(others)).map((row) => row.map((x) => x / divisor));
}

function centred(rows: readonly (readonly number[])[]): readonly (readonly number[])[] {
  const means = (rows[0] ?? []).map(
    (_, j) => rows.reduce((sum, row) => sum + (row[j] as number), 0) / rows.length,
  );
  return rows.map((row) => row.map((x, j) => x - (means[j] as number)));
}
