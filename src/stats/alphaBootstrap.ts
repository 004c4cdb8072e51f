import type { AlphaMetric } from "./alphaDistances.ts";
import { addCoincidences } from "./coincidences.ts";
import { alphaOfCoincidences } from "./krippendorffAlpha.ts";
import { pairableUnits, type Ratings } from "./pairableUnits.ts";
import type { Interval } from "./wilsonInterval.ts";

/** How alpha varies when the units are drawn again. */
export interface AlphaBootstrap {
  /** Percentiles of the replicates; undefined where none is defined. */
  readonly interval: Interval | undefined;
  /** 0..1 */
  readonly level: number;
  /** Share of replicates below .667, Krippendorff's lowest limit for tentative conclusions. */
  readonly probabilityBelow667: number | undefined;
  /** Share of replicates below .800, which is customary. */
  readonly probabilityBelow800: number | undefined;
  readonly replicates: number;
  /** Share of replicates without an alpha, as those without variation; all other numbers leave them out. */
  readonly undefinedShare: number;
}

/** The fewest replicates, and how many are made unless said otherwise. */
const defaultReplicates = 2000;

/**
 * The percentile bootstrap of Krippendorff's alpha over units (Efron and Tibshirani 1993, "An Introduction to the Bootstrap",
 * section 13.3): as many pairable units as there are, drawn with replacement. Krippendorff's own algorithm draws pairs of coders as if they
 * were independent, and its intervals are too narrow with three or more coders. Percentiles are interpolated between replicates.
 *
 * @param random uniform in [0, 1)
 * @returns undefined where alpha itself is not defined
 * @throws RangeError for fewer than 2000 replicates
 */
export function alphaBootstrap(
  ratings: Ratings,
  options: { random: () => number; metric?: AlphaMetric; replicates?: number; level?: number },
): AlphaBootstrap | undefined {
  const { random, metric = "nominal", replicates = defaultReplicates, level = 0.95 } = options;
  if (!(Number.isInteger(replicates) && replicates >= defaultReplicates))
    throw new RangeError(`${replicates} replicates`);
  const { values, units } = pairableUnits(ratings);
  const size = values.length;
  const coincidences = new Float64Array(size ** 2);
  const alphaOf = (indexOf: (place: number) => number) => {
    coincidences.fill(0);
    for (let place = 0; place < units.length; place++)
      addCoincidences(coincidences, size, units[indexOf(place)] ?? []);
    return alphaOfCoincidences(coincidences, values, metric);
  };
  if (alphaOf((place) => place) === undefined) return undefined;
  const drawn = Array.from({ length: replicates }, () => alphaOf(() => Math.floor(random() * units.length)));
  const alphas = Float64Array.from(drawn.filter((alpha) => alpha !== undefined)).sort();
  return {
    interval:
      alphas.length === 0
        ? undefined
        : { low: percentile(alphas, (1 - level) / 2), high: percentile(alphas, (1 + level) / 2) },
    level,
    probabilityBelow667: shareBelow(alphas, 0.667),
    probabilityBelow800: shareBelow(alphas, 0.8),
    replicates,
    undefinedShare: 1 - alphas.length / replicates,
  };
}

function percentile(sorted: Float64Array, probability: number): number {
  const place = (sorted.length - 1) * probability;
  const [below, above] = [sorted[Math.floor(place)] as number, sorted[Math.ceil(place)] as number];
  return below + (above - below) * (place - Math.floor(place));
}

function shareBelow(alphas: Float64Array, limit: number): number | undefined {
  return alphas.length === 0 ? undefined : alphas.filter((alpha) => alpha < limit).length / alphas.length;
}
