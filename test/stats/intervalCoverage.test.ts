import { describe, expect, it } from "vitest";
import { sampleIndices, seededRandom } from "../../src/seededRandom.ts";
import { allocateSample } from "../../src/stats/allocateSample.ts";
import { designEstimate } from "../../src/stats/designEstimate.ts";
import { effectiveWilsonInterval } from "../../src/stats/effectiveWilsonInterval.ts";
import { cellStrataOf, type GoldSample } from "../../src/stats/goldSample.ts";
import { kornGraubardInterval } from "../../src/stats/kornGraubardInterval.ts";
import { type ClassificationMetric, metricOf } from "../../src/stats/linearisedMetric.ts";
import { stratifiedDirichlet } from "../../src/stats/stratifiedDirichlet.ts";
import type { Interval } from "../../src/stats/wilsonInterval.ts";

/** Sizes of the predicted categories, the chances of each true category in them, and the sample. */
interface Scenario {
  readonly sizes: readonly number[];
  readonly chances: readonly (readonly number[])[];
  readonly total: number;
}

const ordinary: Scenario = {
  sizes: [2750, 1250, 750, 250],
  chances: [
    [0.88, 0.06, 0.03, 0.03],
    [0.15, 0.75, 0.07, 0.03],
    [0.12, 0.18, 0.63, 0.07],
    [0.08, 0.1, 0.17, 0.65],
  ],
  total: 400,
};

/** The last category has 2 units in 100. */
const rare: Scenario = {
  sizes: [6000, 2500, 1300, 200],
  chances: [
    [0.9, 0.06, 0.035, 0.005],
    [0.1, 0.8, 0.09, 0.01],
    [0.08, 0.12, 0.78, 0.02],
    [0.1, 0.1, 0.15, 0.65],
  ],
  total: 400,
};

const six: Scenario = {
  sizes: [5000, 3000, 1500, 900, 400, 150],
  chances: [
    [0.85, 0.05, 0.04, 0.03, 0.02, 0.01],
    [0.08, 0.8, 0.05, 0.04, 0.02, 0.01],
    [0.07, 0.08, 0.75, 0.05, 0.03, 0.02],
    [0.06, 0.08, 0.1, 0.7, 0.04, 0.02],
    [0.05, 0.05, 0.1, 0.1, 0.65, 0.05],
    [0.05, 0.05, 0.1, 0.1, 0.1, 0.6],
  ],
  total: 600,
};

/** The last category has 5 units in 1000, spread over large strata. */
const veryRare: Scenario = {
  sizes: [9000, 2000, 900, 60],
  chances: [
    [0.93, 0.05, 0.019, 0.001],
    [0.1, 0.8, 0.095, 0.005],
    [0.08, 0.12, 0.79, 0.01],
    [0.1, 0.1, 0.2, 0.6],
  ],
  total: 400,
};

const metricsOf = ({ sizes }: Scenario): readonly ClassificationMetric[] => [
  { kind: "accuracy" },
  ...sizes.map((_, category) => ({ kind: "trueShare", category }) as const),
];

type IntervalOf = (sample: GoldSample, metric: ClassificationMetric) => Interval | undefined;
const defaultInterval: IntervalOf = (sample, metric) => designEstimate(sample, metric)?.interval;
const kornGraubard: IntervalOf = (sample, metric) => {
  const {
    estimate,
    standardError = 0,
    degreesOfFreedom = 0,
  } = designEstimate(sample, metric) ?? { estimate: 0 };
  return kornGraubardInterval({
    share: estimate,
    standardError,
    sampleSize: sample.gold.length,
    degreesOfFreedom,
  });
};

const effectiveWilson: IntervalOf = (sample, metric) => {
  const {
    estimate,
    standardError = 0,
    degreesOfFreedom = 0,
  } = designEstimate(sample, metric) ?? { estimate: 0 };
  return effectiveWilsonInterval({ share: estimate, standardError, degreesOfFreedom });
};

/** Of the last one of four categories. */
const rareShare = [{ kind: "trueShare", category: 3 }] as const;

/** How many of 100 samples' intervals hold the collection's (or the process's) value, by metric. */
function coverage(
  scenario: Scenario,
  metrics: readonly ClassificationMetric[],
  { isCollection = true, samples = 2000, intervalOf = defaultInterval } = {},
): readonly number[] {
  const { sizes, chances, total } = scenario;
  const random = seededRandom(7);
  const drawn = allocateSample(sizes, total);
  // Each stratum's true categories, one per unit, as near to the chances as whole units can be.
  const strata = sizes.map((size, predicted) => {
    const counts = (chances[predicted] ?? []).map((chance) => Math.round(chance * size));
    counts[predicted] = (counts[predicted] ?? 0) + size - counts.reduce((sum, count) => sum + count, 0);
    return counts.flatMap((count, category) => Array.from({ length: count }, () => category));
  });
  const matrix = sizes.map((_, category) =>
    strata.map((units) => units.filter((unit) => unit === category).length),
  );
  const processMatrix = sizes.map((_, category) =>
    sizes.map((size, predicted) => size * (chances[predicted]?.[category] as number)),
  );
  const truths = metrics.map((metric) => metricOf(isCollection ? matrix : processMatrix, metric) as number);
  const hits = metrics.map(() => 0);
  const predicted = drawn.flatMap((count, category) => Array.from({ length: count }, () => category));
  const chanceDraw = (category: number) => {
    let rest = random();
    const row = chances[category] as readonly number[];
    return Math.max(
      0,
      row.findIndex((chance) => {
        rest -= chance;
        return rest < 0;
      }),
    );
  };
  for (let draw = 0; draw < samples; draw += 1) {
    const gold = strata.flatMap((units, category) =>
      isCollection
        ? sampleIndices(units.length, drawn[category] as number, random).map((unit) => units[unit] as number)
        : Array.from({ length: drawn[category] as number }, () => chanceDraw(category)),
    );
    const sample: GoldSample = {
      design: {
        kind: "stratified",
        strata: sizes.map((size, category) => ({ size, drawn: drawn[category] as number })),
        stratumOf: predicted,
        isFinite: isCollection,
      },
      gold,
      predicted,
      categoryCount: sizes.length,
    };
    for (const [index, metric] of metrics.entries()) {
      const { low, high } = intervalOf(sample, metric) ?? { low: 1, high: 0 };
      const truth = truths[index] as number;
      if (low <= truth && truth <= high) hits[index] = (hits[index] as number) + 1;
    }
  }
  return hits.map((count) => (100 * count) / samples);
}

describe("the default intervals of the default design", () => {
  for (const [name, scenario] of Object.entries({ ordinary, rare, veryRare, six })) {
    it(`hold the accuracy and every corrected share in 93 to 97 of 100 samples: ${name}`, () => {
      for (const [index, share] of coverage(scenario, metricsOf(scenario)).entries()) {
        expect(share, `metric ${index}`).toBeGreaterThanOrEqual(93);
        expect(share, `metric ${index}`).toBeLessThanOrEqual(97);
      }
    });
  }
  it("do so for the process behind the collection", () => {
    for (const share of coverage(ordinary, metricsOf(ordinary), { isCollection: false })) {
      expect(share).toBeGreaterThanOrEqual(93);
      expect(share).toBeLessThanOrEqual(97);
    }
  });
  it("hold a rare share where those at the effective size do not", () => {
    for (const intervalOf of [kornGraubard, effectiveWilson]) {
      expect(coverage(rare, rareShare, { intervalOf })[0]).toBeLessThan(90);
      expect(coverage(veryRare, rareShare, { intervalOf })[0]).toBeLessThan(75);
    }
  });
  it("hold a very rare share of a process more often than they say", () => {
    const [share] = coverage(veryRare, rareShare, { isCollection: false });
    expect(share).toBeGreaterThan(97);
    expect(share).toBeLessThan(99);
  });
});

describe("the Dirichlet intervals of the default design", () => {
  it("hold recall, F1 and macro-F1 of a rare category in at least 90 of 100 samples", () => {
    const metrics = [
      { kind: "recall", category: 3 },
      { kind: "f1", category: 3 },
      { kind: "macroF1" },
    ] as const;
    for (const metric of metrics) {
      const random = seededRandom(21);
      const [share] = coverage(rare, [metric], {
        samples: 300,
        intervalOf: (sample) =>
          stratifiedDirichlet(cellStrataOf(sample) ?? [], [metric], {
            categoryCount: 4,
            isFinite: true,
            draws: 300,
            random,
          })[0]?.interval,
      });
      expect(share, metric.kind).toBeGreaterThanOrEqual(90);
      expect(share, metric.kind).toBeLessThanOrEqual(99);
    }
  });
});
