import { type AlphaMetric, alphaDistances, meanRanks } from "./alphaDistances.ts";
import { cappedTInterval } from "./cappedTInterval.ts";
import { coincidencesOf } from "./coincidences.ts";
import { alphaOfCoincidences } from "./krippendorffAlpha.ts";
import { type PairableUnits, pairableUnits, type Ratings, ratingsOf } from "./pairableUnits.ts";
import type { Interval } from "./wilsonInterval.ts";

/** Alpha with its standard error. */
export interface AlphaInterval {
  readonly alpha: number;
  /** undefined with one pairable unit */
  readonly standardError: number | undefined;
  /** Ends at 1; undefined with one pairable unit, or where all of them say the same. */
  readonly interval: Interval | undefined;
  /** 0..1 */
  readonly level: number;
  readonly pairableUnits: number;
}

/**
 * Krippendorff's alpha with the linearised standard error over units and a t-interval (Gwet 2014, "Handbook of Inter-Rater
 * Reliability", 4th ed., chapter 5; the variant of irrCAC's krippen.alpha.raw). For values other than nominal the same
 * linearisation goes through their distances, for ordinal ones also through the ranks, which are estimated.
 *
 * @returns undefined where alpha is not defined
 * @throws RangeError for a rating that is no finite number
 */
export function alphaInterval(
  ratings: Ratings,
  { metric = "nominal", level = 0.95 }: { metric?: AlphaMetric; level?: number } = {},
): AlphaInterval | undefined {
  const pairable = pairableUnits(ratings);
  const coincidences = coincidencesOf(pairable);
  const alpha = alphaOfCoincidences(coincidences, pairable.values, metric);
  if (alpha === undefined) return undefined;
  const n = pairable.units.length;
  const influences = influencesOf(pairable, coincidences, metric);
  const variance = influences.reduce((sum, influence) => sum + influence ** 2, 0) / (n * (n - 1));
  const standardError = n > 1 ? Math.sqrt(variance) : undefined;
  return {
    alpha,
    standardError,
    interval: cappedTInterval(alpha, standardError, n - 1, level),
    level,
    pairableUnits: n,
  };
}

/** How much each unit moves alpha, times the number of units; they sum to 0. [n] */
function influencesOf(
  { values, units }: PairableUnits,
  coincidences: Float64Array,
  metric: AlphaMetric,
): readonly number[] {
  const size = values.length;
  const ratingCounts = units.map(ratingsOf);
  const total = ratingCounts.reduce((sum, count) => sum + count, 0);
  const meanCount = total / units.length;
  const shares = new Float64Array(size);
  for (const { position, count } of units.flat())
    shares[position] = (shares[position] as number) + count / total;
  const distances = alphaDistances(metric, values, shares) as Float64Array;
  const distance = (row: number, column: number) => distances[row * size + column] as number;
  // Mean distance of each value from all ratings. [K]
  const meanDistances = values.map((_, row) =>
    shares.reduce((sum, share, column) => sum + share * distance(row, column), 0),
  );
  const observed = distances.reduce((sum, d, cell) => sum + d * (coincidences[cell] as number), 0) / total;
  const expected = shares.reduce((sum, share, row) => sum + share * (meanDistances[row] as number), 0);
  const rankEffects = metric === "ordinal" ? rankEffectsOf(shares, coincidences, total) : undefined;
  return units.map((unit, index) => {
    const count = ratingCounts[index] as number;
    let within = 0;
    let [across, byRanks] = [0, 0];
    for (const { position, count: times } of unit) {
      for (const other of unit)
        within += (times * other.count * distance(position, other.position)) / (count - 1);
      across += times * (meanDistances[position] as number);
      byRanks += times * (rankEffects?.[position] ?? 0);
    }
    return (
      (-(within - observed * count) / expected +
        (2 * observed * (across - expected * count)) / expected ** 2 -
        // Gwet's agreement has a correction for small samples, here too.
        (observed * (count - meanCount)) / (expected * total) +
        byRanks) /
      meanCount
    );
  });
}

/** The derivative of alpha by each value's share, so far as it goes through the ranks. [K] */
function rankEffectsOf(shares: Float64Array, coincidences: Float64Array, total: number): readonly number[] {
  const size = shares.length;
  const ranks = meanRanks(shares);
  const effects = { observed: new Float64Array(size), expected: new Float64Array(size) };
  let [observed, expected] = [0, 0];
  for (let low = 0; low < size; low++) {
    for (let high = low + 1; high < size; high++) {
      const gap = (ranks[high] as number) - (ranks[low] as number);
      const together = (2 * (coincidences[low * size + high] as number)) / total;
      const apart = 2 * (shares[low] as number) * (shares[high] as number);
      observed += together * gap ** 2;
      expected += apart * gap ** 2;
      for (let between = low; between <= high; between++) {
        const slope = 2 * gap * (between === low || between === high ? 0.5 : 1);
        effects.observed[between] = (effects.observed[between] as number) + together * slope;
        effects.expected[between] = (effects.expected[between] as number) + apart * slope;
      }
    }
  }
  return Array.from(
    effects.observed,
    (effect, index) => -effect / expected + (observed * (effects.expected[index] as number)) / expected ** 2,
  );
}
