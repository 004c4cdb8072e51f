import type { RunColumns } from "./runColumns.ts";
import type { UnitFilter } from "./unitQuery.ts";

/**
 * Positions that pass a filter, in the order given.
 * @param names 1 where the name is a wanted one; undefined where any is. `[count]`
 */
export function filterUnits(
  { categories, phrases, probabilities }: RunColumns,
  order: Int32Array,
  { category, phrase, least, most, state = "classified" }: UnitFilter,
  names: Uint8Array | undefined,
): Int32Array {
  const kept = new Int32Array(order.length);
  let count = 0;
  for (const position of order) {
    const isFailed = (categories[position] as number) < 0;
    if (state !== "all" && isFailed !== (state === "failed")) continue;
    if (category !== undefined && categories[position] !== category) continue;
    if (phrase !== undefined && phrases[position] !== phrase) continue;
    // The other way round would let through a unit that has none.
    if (least !== undefined && !((probabilities[position] as number) >= least)) continue;
    if (most !== undefined && !((probabilities[position] as number) <= most)) continue;
    if (names !== undefined && names[position] === 0) continue;
    kept[count++] = position;
  }
  return kept.slice(0, count);
}
