import { sampleIndices, seededRandom } from "../../src/seededRandom.ts";
import type { GoldSample } from "../../src/stats/goldSample.ts";
import { type ClassificationMetric, metricOf } from "../../src/stats/linearisedMetric.ts";
import { allocateStrata } from "../../src/validation/allocateStrata.ts";
import { frameStrata } from "../../src/validation/frameStrata.ts";
import type { DesignSpec } from "../../src/validation/sampleSpec.ts";
import { completeDesign, type WantedDesign } from "../../src/validation/suggestDesign.ts";

/** A collection whose true categories are known. */
export interface Population {
  readonly categoryCount: number;
  /** By predicted category. `[K]` */
  readonly sizes: readonly number[];
  /** `[N]` each */
  readonly predicted: Int32Array;
  readonly truth: Int32Array;
  readonly probabilities: Float64Array;
}

/** Every predicted category's units have their true categories by these chances, as near as whole units can. `[K]`, `[predicted][true]` */
export function populationByChances(
  sizes: readonly number[],
  chances: readonly (readonly number[])[],
): Population {
  const truths = sizes.map((size, predicted) => {
    const counts = (chances[predicted] ?? []).map((chance) => Math.round(chance * size));
    counts[predicted] = (counts[predicted] ?? 0) + size - counts.reduce((sum, count) => sum + count, 0);
    return counts.flatMap((count, category) => Array.from({ length: count }, () => category));
  });
  return populationOf(sizes, truths, seededRandom(17));
}

/** 20 000 units, category k with one over k + 1 of the first's; errors go to all other categories alike. */
export function populationByAccuracy(categoryCount: number, accuracy: number): Population {
  const random = seededRandom(99);
  const parts = Array.from({ length: categoryCount }, (_, k) => 1 / (k + 1));
  const total = parts.reduce((sum, part) => sum + part, 0);
  const sizes = parts.map((part) => Math.round((20_000 * part) / total));
  const truths = sizes.map((size, predicted) =>
    Array.from({ length: size }, () => {
      if (random() < accuracy) return predicted;
      const other = Math.floor(random() * (categoryCount - 1));
      return other >= predicted ? other + 1 : other;
    }),
  );
  return populationOf(sizes, truths, random);
}

/** Wrong predictions have lower probabilities, so that the halves of a split category differ. */
function populationOf(
  sizes: readonly number[],
  truths: readonly (readonly number[])[],
  random: () => number,
): Population {
  const truth = Int32Array.from(truths.flat());
  const predicted = Int32Array.from(truths.flatMap((units, category) => units.map(() => category)));
  const probabilities = Float64Array.from(truth, (own, unit) =>
    own === predicted[unit] ? 0.5 + 0.5 * Math.sqrt(random()) : 0.3 + 0.6 * random(),
  );
  return { categoryCount: sizes.length, sizes, predicted, truth, probabilities };
}

/** What a metric is in the whole collection. */
export function truthOf(
  { categoryCount, predicted, truth }: Population,
  metric: ClassificationMetric,
): number {
  const matrix = Array.from({ length: categoryCount }, () => new Array<number>(categoryCount).fill(0));
  for (const [unit, own] of truth.entries()) {
    const row = matrix[own] as number[];
    row[predicted[unit] as number] = (row[predicted[unit] as number] as number) + 1;
  }
  return metricOf(matrix, metric) as number;
}

/** Samples of the suggested size, as `drawSample` draws and `evaluateSample` reads them. */
export function* drawnSamples(
  population: Population,
  wanted: WantedDesign,
  count: number,
): Generator<GoldSample> {
  const { categoryCount, sizes, predicted, truth, probabilities } = population;
  const spec = completeDesign("test", wanted, sizes) as Exclude<DesignSpec, { kind: "uncertainty" }>;
  const units = Int32Array.from(predicted.keys());
  const strata = frameStrata(
    { positions: units, imageIds: units, categories: predicted, probabilities },
    spec,
    categoryCount,
  );
  const drawn = allocateStrata(strata, spec);
  const random = seededRandom(7);
  const stratumOf = drawn.flatMap((size, h) => Array.from({ length: size }, () => h));
  for (let i = 0; i < count; i += 1) {
    const sample = strata.flatMap(({ rows }, h) =>
      sampleIndices(rows.length, drawn[h] as number, random).map((at) => rows[at] as number),
    );
    yield {
      design: {
        kind: "stratified",
        strata: strata.map(({ rows }, h) => ({ size: rows.length, drawn: drawn[h] as number })),
        stratumOf,
        isFinite: true,
      },
      gold: sample.map((unit) => truth[unit] as number),
      predicted: sample.map((unit) => predicted[unit] as number),
      categoryCount,
      predictedSizes: sizes,
    };
  }
}
