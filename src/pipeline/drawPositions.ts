import { sampleIndices, seededRandom } from "../seededRandom.ts";
import type { Study } from "../store/openStudy.ts";

/**
 * First positions of distinct images of a category of a run, drawn at random without replacement, in the order of the drawing: the
 * first ones of a larger sample with the same seed are the smaller sample. A category may have more images than should be in memory.
 */
export function drawPositions(
  study: Study,
  runId: number,
  category: number,
  size: number,
  seed: number,
): readonly number[] {
  const random = seededRandom(categorySeed(seed, category));
  const count = study.runs.distinctCount(runId, category);
  const drawn = sampleIndices(count, Math.min(size, count), random);
  const positions = new Map<number, number>(drawn.map((index) => [index, -1]));
  let index = 0;
  for (const position of study.runs.distinctPositions(runId, category)) {
    if (positions.has(index)) positions.set(index, position);
    index += 1;
  }
  return drawn.map((at) => positions.get(at) as number);
}

/** A stream of its own per category: another category more or less does not change this one's sample. */
function categorySeed(seed: number, index: number): number {
  return (seed + index * 1_000_003) % Number.MAX_SAFE_INTEGER;
}
