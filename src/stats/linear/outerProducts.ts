/** `sum weight_i a_i b_i'`; every weight is 1 unless given. `[n, p], [n, q], [n] -> [p, q]` */
export function outerProducts(
  left: readonly (readonly number[])[],
  right: readonly (readonly number[])[],
  weights?: readonly number[],
): readonly (readonly number[])[] {
  const sums = (left[0] ?? []).map(() => (right[0] ?? []).map(() => 0));
  left.forEach((a, i) => {
    const b = right[i] as readonly number[];
    const weight = weights === undefined ? 1 : (weights[i] as number);
    if (weight === 0) return;
    sums.forEach((row, j) => {
      const factor = weight * (a[j] as number);
      for (let k = 0; k < row.length; k++) row[k] = (row[k] as number) + factor * (b[k] as number);
    });
  });
  return sums;
}
