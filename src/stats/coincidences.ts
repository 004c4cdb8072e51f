import { type PairableUnits, ratingsOf, type ValueCount } from "./pairableUnits.ts";

/**
 * The coincidence matrix: how often two values stand beside each other in one unit, every unit counting as often as it has ratings
 * (Krippendorff 2011, section C). Symmetric, row by row. [K, K]
 */
export function coincidencesOf({ values, units }: PairableUnits): Float64Array {
  const coincidences = new Float64Array(values.length ** 2);
  for (const unit of units) addCoincidences(coincidences, values.length, unit);
  return coincidences;
}

/** Adds a unit's coincidences to the matrix. */
export function addCoincidences(coincidences: Float64Array, size: number, unit: readonly ValueCount[]): void {
  const others = ratingsOf(unit) - 1;
  for (const row of unit) {
    for (const column of unit) {
      const cell = row.position * size + column.position;
      const pairs = row.count * (column.count - (row === column ? 1 : 0));
      coincidences[cell] = (coincidences[cell] as number) + pairs / others;
    }
  }
}
