/** The level of measurement, which says how far apart two values are. */
export type AlphaMetric = "nominal" | "ordinal" | "interval" | "ratio";

/**
 * Squared distances between values (Krippendorff 2011, section D): 1 for nominal values that differ; for ordinal ones the
 * ratings between them, which is the difference of their mean ranks; for interval ones their difference; for ratio ones their difference
 * over their sum. [K, K]
 *
 * @param values ascending [K]
 * @param totals how often each was used, or the shares of that: only the ranks of ordinal values depend on them [K]
 * @returns undefined for ratio values that are each other's opposite, whose distance would be infinite
 */
export function alphaDistances(
  metric: AlphaMetric,
  values: readonly number[],
  totals: ArrayLike<number>,
): Float64Array | undefined {
  const size = values.length;
  const scale = metric === "ordinal" ? meanRanks(totals) : values;
  const distances = new Float64Array(size ** 2);
  for (let row = 0; row < size; row++) {
    for (let column = 0; column < row; column++) {
      const [a, b] = [scale[row] as number, scale[column] as number];
      if (metric === "ratio" && a + b === 0) return undefined;
      const distance = metric === "nominal" ? 1 : ((a - b) / (metric === "ratio" ? a + b : 1)) ** 2;
      distances[row * size + column] = distance;
      distances[column * size + row] = distance;
    }
  }
  return distances;
}

/** The rank in the middle of those who share a value, counted from 0; in the unit of the totals. [K] */
export function meanRanks(totals: ArrayLike<number>): readonly number[] {
  let below = 0;
  return Array.from(totals, (total) => {
    below += total;
    return below - total / 2;
  });
}
