import { logGamma } from "./distributions/logGamma.ts";
import type { Interval } from "./wilsonInterval.ts";

/**
 * Simultaneous intervals of the shares of K categories in a simple random sample, all of one width where none meets 0 or 1 (Sison and
 * Glaz 1995, "Simultaneous Confidence Intervals and Sample Size Determination for Multinomial Proportions", JASA 90: truncated Poisson
 * variables with an Edgeworth expansion). `level` is 95% unless told. [K] -> [K]
 *
 * @returns undefined for fewer than two categories with a unit: the method then sees no variation
 * @throws RangeError for a count that is negative or not whole, or a level outside 0..1
 */
export function sisonGlazIntervals(
  counts: readonly number[],
  { level = 0.95 }: { readonly level?: number } = {},
): readonly Interval[] | undefined {
  if (!(level > 0 && level < 1)) throw new RangeError(`a level of ${level}`);
  const wrong = counts.find((count) => !(Number.isInteger(count) && count >= 0));
  if (wrong !== undefined) throw new RangeError(`a count of ${wrong}`);
  const total = counts.reduce((sum, count) => sum + count, 0);
  if (counts.filter((count) => count > 0).length < 2) return undefined;
  let half = 0;
  let coverage = coverageOf(counts, total, 0);
  for (;;) {
    const next = coverageOf(counts, total, half + 1);
    if (next >= level || half >= total) {
      const excess = (2 * (level - coverage)) / (next - coverage);
      return counts.map((count) => ({
        low: Math.max(0, (count - half) / total),
        high: Math.min(1, (count + half + excess) / total),
      }));
    }
    coverage = next;
    half += 1;
  }
}

/** The chance that every count lies within `half` of its expectation. */
function coverageOf(counts: readonly number[], total: number, half: number): number {
  const moments = counts.map((count) => truncatedPoissonMoments(count, half));
  const sumOf = (key: keyof (typeof moments)[number]) =>
    moments.reduce((sum, moment) => sum + moment[key], 0);
  const variance = sumOf("variance");
  const logInside = sumOf("logShare") + logGamma(total + 1) - total * Math.log(total) + total;
  if (variance === 0) return Math.exp(logInside);
  const z = (total - sumOf("mean")) / Math.sqrt(variance);
  const skewness = sumOf("third") / variance ** 1.5;
  const excess = sumOf("fourthExcess") / variance ** 2;
  const edgeworth =
    1 +
    (skewness / 6) * (z ** 3 - 3 * z) +
    (excess / 24) * (z ** 4 - 6 * z ** 2 + 3) +
    (skewness ** 2 / 72) * (z ** 6 - 15 * z ** 4 + 45 * z ** 2 - 15);
  return (Math.exp(logInside - (z * z) / 2) * edgeworth) / Math.sqrt(2 * Math.PI * variance);
}

/** A Poisson variable's moments about its mean, given that it lies within `half` of its expectation. */
function truncatedPoissonMoments(expectation: number, half: number) {
  const first = Math.max(0, expectation - half);
  const values = Array.from({ length: expectation + half - first + 1 }, (_, index) => first + index);
  const chances = values.map((value) =>
    expectation === 0
      ? Number(value === 0)
      : Math.exp(value * Math.log(expectation) - expectation - logGamma(value + 1)),
  );
  const share = chances.reduce((sum, chance) => sum + chance, 0);
  const meanOf = (function_: (value: number) => number) =>
    values.reduce((sum, value, index) => sum + function_(value) * (chances[index] as number), 0) / share;
  const mean = meanOf((value) => value);
  const variance = meanOf((value) => (value - mean) ** 2);
  return {
    logShare: Math.log(share),
    mean,
    variance,
    third: meanOf((value) => (value - mean) ** 3),
    fourthExcess: meanOf((value) => (value - mean) ** 4) - 3 * variance ** 2,
  };
}
