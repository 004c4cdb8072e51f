import { describe, expect, it } from "vitest";
import { seededRandom } from "../../src/seededRandom.ts";
import { designEstimate } from "../../src/stats/designEstimate.ts";
import { effectiveWilsonInterval } from "../../src/stats/effectiveWilsonInterval.ts";
import { cellStrataOf, type GoldSample } from "../../src/stats/goldSample.ts";
import { kornGraubardInterval } from "../../src/stats/kornGraubardInterval.ts";
import type { ClassificationMetric } from "../../src/stats/linearisedMetric.ts";
import { qualityIntervals } from "../../src/stats/qualityIntervals.ts";
import { stratifiedDirichlet } from "../../src/stats/stratifiedDirichlet.ts";
import type { Interval } from "../../src/stats/wilsonInterval.ts";
import type { WantedDesign } from "../../src/validation/suggestDesign.ts";
import {
  drawnSamples,
  type Population,
  populationByAccuracy,
  populationByChances,
  truthOf,
} from "./drawnSamples.ts";

const ordinary = populationByChances(
  [2750, 1250, 750, 250],
  [
    [0.88, 0.06, 0.03, 0.03],
    [0.15, 0.75, 0.07, 0.03],
    [0.12, 0.18, 0.63, 0.07],
    [0.08, 0.1, 0.17, 0.65],
  ],
);

/** The last category has 2 units in 100. */
const rare = populationByChances(
  [6000, 2500, 1300, 200],
  [
    [0.9, 0.06, 0.035, 0.005],
    [0.1, 0.8, 0.09, 0.01],
    [0.08, 0.12, 0.78, 0.02],
    [0.1, 0.1, 0.15, 0.65],
  ],
);

/** The same with few errors. */
const good = populationByChances(
  [6000, 2500, 1300, 200],
  [
    [0.97, 0.015, 0.01, 0.005],
    [0.02, 0.96, 0.015, 0.005],
    [0.02, 0.03, 0.94, 0.01],
    [0.02, 0.03, 0.05, 0.9],
  ],
);

const six = populationByChances(
  [5000, 3000, 1500, 900, 400, 150],
  [
    [0.85, 0.05, 0.04, 0.03, 0.02, 0.01],
    [0.08, 0.8, 0.05, 0.04, 0.02, 0.01],
    [0.07, 0.08, 0.75, 0.05, 0.03, 0.02],
    [0.06, 0.08, 0.1, 0.7, 0.04, 0.02],
    [0.05, 0.05, 0.1, 0.1, 0.65, 0.05],
    [0.05, 0.05, 0.1, 0.1, 0.1, 0.6],
  ],
);

/** The last category has 5 units in 1000, spread over large strata. */
const veryRare = populationByChances(
  [9000, 2000, 900, 60],
  [
    [0.93, 0.05, 0.019, 0.001],
    [0.1, 0.8, 0.095, 0.005],
    [0.08, 0.12, 0.79, 0.01],
    [0.1, 0.1, 0.2, 0.6],
  ],
);

const eight = { ".85": populationByAccuracy(8, 0.85), ".97": populationByAccuracy(8, 0.97) };
const twelve = { ".85": populationByAccuracy(12, 0.85), ".97": populationByAccuracy(12, 0.97) };

const sharesOf = ({ categoryCount }: Population): readonly ClassificationMetric[] => [
  { kind: "accuracy" },
  ...Array.from({ length: categoryCount }, (_, category) => ({ kind: "trueShare", category }) as const),
];

type IntervalsOf = (
  sample: GoldSample,
  metrics: readonly ClassificationMetric[],
) => readonly (Interval | undefined)[];

const defaultIntervals: IntervalsOf = (sample, metrics) =>
  metrics.map((metric) => designEstimate(sample, metric)?.interval);

/** How many of 100 samples have an interval that holds the collection's value, by metric. */
function coverage(
  population: Population,
  wanted: WantedDesign,
  metrics: readonly ClassificationMetric[],
  { samples = 2000, intervalsOf = defaultIntervals } = {},
): readonly number[] {
  const truths = metrics.map((metric) => truthOf(population, metric));
  const hits = metrics.map(() => 0);
  for (const sample of drawnSamples(population, wanted, samples)) {
    for (const [index, interval] of intervalsOf(sample, metrics).entries()) {
      if (interval === undefined) continue;
      const truth = truths[index] as number;
      // A share of everything that is not drawn may differ by roundings.
      if (interval.low <= truth + 1e-12 && truth <= interval.high + 1e-12)
        hits[index] = (hits[index] as number) + 1;
    }
  }
  return hits.map((count) => (100 * count) / samples);
}

describe("the default intervals of accuracy and corrected shares", () => {
  for (const [name, population] of Object.entries({
    ordinary,
    rare,
    good,
    six,
    "eight categories": eight[".85"],
    "twelve categories": twelve[".85"],
  })) {
    it(`hold both in 93 to 97 of 100 samples of the default design: ${name}`, () => {
      for (const [index, share] of coverage(population, {}, sharesOf(population)).entries()) {
        expect(share, `metric ${index}`).toBeGreaterThanOrEqual(93);
        expect(share, `metric ${index}`).toBeLessThanOrEqual(97);
      }
    });
  }
  for (const [name, population] of Object.entries({
    "5 in 1000": veryRare,
    "eight categories, very accurate": eight[".97"],
    "twelve categories, very accurate": twelve[".97"],
  })) {
    it(`hold shares more often than they say where errors are very few: ${name}`, () => {
      const [accuracy, ...shares] = coverage(population, {}, sharesOf(population));
      expect(accuracy).toBeGreaterThanOrEqual(93);
      expect(accuracy).toBeLessThanOrEqual(97);
      expect(Math.min(...shares)).toBeGreaterThanOrEqual(93);
      expect(Math.max(...shares)).toBeLessThanOrEqual(99);
    });
  }
  for (const kind of ["split", "simple"] as const) {
    for (const [name, population] of Object.entries({ good, very: eight[".97"] })) {
      it(`hold both in 92 to 99 of 100 ${kind} samples: ${name}`, () => {
        for (const share of coverage(population, { kind }, sharesOf(population), { samples: 1000 })) {
          expect(share).toBeGreaterThanOrEqual(92);
          expect(share).toBeLessThanOrEqual(99);
        }
      });
    }
  }
  it("hold a rare share where those at the effective size do not", () => {
    const rareShare = [{ kind: "trueShare", category: 3 }] as const;
    const atEffectiveSize =
      (interval: typeof kornGraubardInterval): IntervalsOf =>
      (sample, metrics) =>
        metrics.map((metric) => {
          const found = designEstimate(sample, metric);
          const { estimate: share = 0, standardError = 0, degreesOfFreedom = 0 } = found ?? {};
          return interval({ share, standardError, degreesOfFreedom, sampleSize: sample.gold.length });
        });
    for (const interval of [kornGraubardInterval, effectiveWilsonInterval]) {
      const options = { samples: 1000, intervalsOf: atEffectiveSize(interval) };
      expect(coverage(good, {}, rareShare, options)[0]).toBeLessThan(88);
    }
  });
});

const overall = [{ kind: "kappa" }, { kind: "macroF1" }, { kind: "balancedAccuracy" }] as const;

/** The report's intervals of the overall figures, then recall and F1 of each category. */
function reportIntervals(random: () => number): IntervalsOf {
  return (sample, metrics) => {
    const found = qualityIntervals(sample, { draws: 200, random });
    return metrics.map((metric) => {
      if ("category" in metric)
        return found?.perCategory[metric.category]?.[metric.kind as "recall" | "f1" | "precision"];
      return found?.[metric.kind as (typeof overall)[number]["kind"]];
    });
  };
}

describe("the default intervals of kappa, macro-F1, balanced accuracy, recall and F1", () => {
  for (const [population, kind] of [
    ["good", "stratified"],
    ["good", "split"],
    ["good", "simple"],
    ["eight", "stratified"],
    ["eight", "split"],
  ] as const) {
    it(`hold overall figures in at least 92, and a category's in at least 89 of 100 ${kind} samples: ${population}`, () => {
      const of = population === "good" ? good : eight[".97"];
      const perCategory = Array.from({ length: of.categoryCount }, (_, category) => [
        { kind: "recall", category } as const,
        { kind: "f1", category } as const,
      ]).flat();
      const held = coverage(of, { kind }, [...overall, ...perCategory], {
        samples: 200,
        intervalsOf: reportIntervals(seededRandom(21)),
      });
      expect(Math.min(...held.slice(0, overall.length))).toBeGreaterThanOrEqual(92);
      expect(Math.min(...held.slice(overall.length))).toBeGreaterThanOrEqual(89);
    });
  }
  it("hold kappa and macro-F1 where a prior of 1 in every stratum does not", () => {
    const random = seededRandom(21);
    const metrics = [{ kind: "kappa" }, { kind: "macroF1" }] as const;
    const perks: IntervalsOf = (sample) =>
      stratifiedDirichlet(cellStrataOf(sample), metrics, {
        categoryCount: sample.categoryCount,
        isFinite: true,
        draws: 200,
        random,
      }).map((drawn) => drawn?.interval);
    const held = coverage(eight[".97"], { kind: "split" }, metrics, { samples: 100, intervalsOf: perks });
    for (const share of held) expect(share).toBeLessThan(60);
  });
  it("hold recalls where the linearised ones do not, or are not defined", () => {
    const recalls = [0, 1, 2, 3, 4, 5, 6, 7].map((category) => ({ kind: "recall", category }) as const);
    const linearised = coverage(eight[".97"], {}, recalls, { samples: 300 });
    expect(Math.min(...linearised)).toBeLessThan(80);
  });
});
