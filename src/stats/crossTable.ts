/**
 * Counts pairs of labels: rows are the first one's categories, columns the second one's. Units that lack one of the two are left out.
 *
 * @param categories how many the codebook has
 * @returns [categories, categories]
 * @throws RangeError for different lengths, or a label outside the codebook
 */
export function crossTable(
  first: readonly (number | undefined)[],
  second: readonly (number | undefined)[],
  categories: number,
): readonly (readonly number[])[] {
  if (first.length !== second.length) throw new RangeError(`${first.length} and ${second.length} labels`);
  const table = Array.from({ length: categories }, () => new Array<number>(categories).fill(0));
  for (const [unit, row] of first.entries()) {
    const column = second[unit];
    if (row === undefined || column === undefined) continue;
    const counts = table[row];
    if (counts?.[column] === undefined)
      throw new RangeError(`categories ${row} and ${column} of ${categories}`);
    counts[column] += 1;
  }
  return table;
}
