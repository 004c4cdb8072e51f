/**
 * How often each item is among the k nearest of a row, such as a phrase among the k best phrases of an image (Radovanovic, Nanopoulos
 * and Ivanovic 2010, "Hubs in space", JMLR 11, section 2). Of equals the first counts. `[rows, items] -> [items]`
 *
 * @param scores higher is nearer; minus a distance for distances
 * @param leavesSelfOut rows are the items themselves, and none is its own neighbour
 * @throws RangeError for a k that is not whole, below 1 or above the number of items that can be chosen
 */
export function kOccurrence(
  scores: readonly (readonly number[])[],
  k: number,
  leavesSelfOut = false,
): readonly number[] {
  const items = scores[0]?.length ?? 0;
  if (!(Number.isInteger(k) && k >= 1 && k <= items - (leavesSelfOut ? 1 : 0)))
    throw new RangeError(`${k} nearest of ${items}`);
  const counts = new Array<number>(items).fill(0);
  scores.forEach((row, self) => {
    const order = row.map((_, item) => item).filter((item) => !(leavesSelfOut && item === self));
    order.sort((a, b) => (row[b] as number) - (row[a] as number) || a - b);
    for (const item of order.slice(0, k)) counts[item] = (counts[item] as number) + 1;
  });
  return counts;
}

/**
 * The skewness `m3 / m2^1.5` of the counts, moments over n: above about 1 a few items are hubs, near to everything (Radovanovic et al.
 * 2010, equation 1).
 *
 * @returns undefined where all counts are the same, or there are none
 */
export function kOccurrenceSkewness(counts: readonly number[]): number | undefined {
  const n = counts.length;
  if (n === 0) return undefined;
  const mean = counts.reduce((sum, x) => sum + x, 0) / n;
  const moment = (power: number) => counts.reduce((sum, x) => sum + (x - mean) ** power, 0) / n;
  const variance = moment(2);
  return variance === 0 ? undefined : moment(3) / variance ** 1.5;
}
