import { seededRandom } from "../../src/seededRandom.ts";
import type { SampleFrame } from "../../src/validation/sampleFrame.ts";

/** A frame with so many images of each category, mixed, every third position left out, probabilities seeded. */
export function randomFrame(sizes: readonly number[], seed = 5): SampleFrame {
  const random = seededRandom(seed);
  const rows = sizes
    .flatMap((size, category) => Array.from({ length: size }, () => ({ category, order: random() })))
    .sort((a, b) => a.order - b.order);
  return {
    positions: Int32Array.from(rows, (_, at) => at + Math.floor(at / 2)),
    imageIds: Int32Array.from(rows, (_, at) => 1000 - at),
    categories: Int32Array.from(rows, ({ category }) => category),
    probabilities: Float64Array.from(rows, () => 0.3 + 0.7 * random()),
  };
}
