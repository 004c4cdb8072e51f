import { sampleIndices } from "../seededRandom.ts";

/**
 * The fold, 0..folds-1, of each of `count` units: random, and the sizes of any two folds differ by 1 at most. [count]
 *
 * @throws RangeError for less than two folds, or more folds than units
 */
export function randomFolds(count: number, folds: number, random: () => number): readonly number[] {
  if (!(Number.isInteger(folds) && folds >= 2 && folds <= count))
    throw new RangeError(`${folds} folds of ${count} units`);
  const foldOf = new Array<number>(count).fill(0);
  for (const [position, unit] of sampleIndices(count, count, random).entries())
    foldOf[unit] = position % folds;
  return foldOf;
}
