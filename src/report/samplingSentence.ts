import { formatCount } from "./formatNumbers.ts";
import type { Overview, OverviewCategory } from "./overview.ts";
import { unitWord } from "./unitWord.ts";

const ORDERS = {
  probability: "sorted by probability",
  margin: "sorted by margin",
  name: "sorted by file name",
  random: "in random order",
} as const;

/** How a category's cards came to be: `12 of 412 images, drawn at random, sorted by probability`. */
export function samplingSentence(
  { counts, sampling }: Overview,
  { count, samples }: OverviewCategory,
): string {
  const units = unitWord(counts, count);
  if (samples.length === 0) return `None of the ${formatCount(count)} ${units} is shown`;
  const order = ORDERS[sampling.sort];
  if (samples.length === 1 && count === 1) return `The only ${units}`;
  if (samples.length === count) return `All ${formatCount(count)} ${units}, ${order}`;
  return `${formatCount(samples.length)} of ${formatCount(count)} ${units}, drawn at random, ${order}`;
}
