/** Fewer judged units than this say little about a category (50; 75 to 100 for one that will be interpreted). */
export const defaultFloor = 50;

/**
 * How many units to draw of each category: the floor, or all where it has fewer, and the rest in proportion to the categories' sizes, never
 * more than there are. Fractions go to the largest remainders, ties to the earlier category. A total that does not reach the floors
 * is spread as evenly as the sizes allow. [K] -> [K]
 *
 * @throws RangeError for a size or total that is negative or not whole, or a total above all units
 */
export function allocateSample(
  populations: readonly number[],
  total: number,
  { floor = defaultFloor }: { readonly floor?: number } = {},
): readonly number[] {
  const wrong = [...populations, total, floor].find((value) => !(Number.isSafeInteger(value) && value >= 0));
  if (wrong !== undefined) throw new RangeError(`a number of units of ${wrong}`);
  const available = populations.reduce((sum, size) => sum + size, 0);
  if (total > available) throw new RangeError(`cannot draw ${total} of ${available} units`);
  const floors = populations.map((size) => Math.min(size, floor));
  const floorTotal = floors.reduce((sum, size) => sum + size, 0);
  if (total <= floorTotal) return spread(floors, total, () => 1);
  const rest = populations.map((size, category) => size - (floors[category] as number));
  const more = spread(rest, total - floorTotal, (category) => populations[category] as number);
  return floors.map((size, category) => size + (more[category] as number));
}

/** Spreads `total` by shares, at most `limits`: what a full place cannot take goes to the others by their shares. */
function spread(
  limits: readonly number[],
  total: number,
  shareOf: (place: number) => number,
): readonly number[] {
  const given = limits.map(() => 0);
  let open = limits.flatMap((limit, place) => (limit > 0 ? [place] : []));
  let left = total;
  for (;;) {
    const shares = open.reduce((sum, place) => sum + shareOf(place), 0);
    const portionOf = (place: number) => (left * shareOf(place)) / shares;
    const full = open.filter((place) => portionOf(place) >= (limits[place] as number));
    if (full.length === 0) {
      for (const place of open) given[place] = Math.floor(portionOf(place));
      const short = left - open.reduce((sum, place) => sum + (given[place] as number), 0);
      const remainder = (place: number) => portionOf(place) - Math.floor(portionOf(place));
      const byRemainder = open.toSorted((a, b) => remainder(b) - remainder(a) || a - b);
      for (const place of byRemainder.slice(0, short)) given[place] = (given[place] as number) + 1;
      return given;
    }
    for (const place of full) given[place] = limits[place] as number;
    left -= full.reduce((sum, place) => sum + (limits[place] as number), 0);
    open = open.filter((place) => !full.includes(place));
  }
}
