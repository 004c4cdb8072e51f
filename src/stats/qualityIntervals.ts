import { type CategoryIntervals, categoryIntervals } from "./categoryIntervals.ts";
import { designEstimate } from "./designEstimate.ts";
import { cellStrataOf, type GoldSample, sampleVariance, weightedCells } from "./goldSample.ts";
import { kappaInterval } from "./kappaInterval.ts";
import { type ClassificationMetric, linearisedMetric } from "./linearisedMetric.ts";
import { meanInterval } from "./meanInterval.ts";
import type { Interval } from "./wilsonInterval.ts";

/** How posteriors are drawn from. */
export interface PosteriorOptions {
  readonly draws: number;
  /** Uniform numbers in [0, 1). */
  readonly random: () => number;
}

/** Intervals of those figures whose linearised ones fail; undefined where a figure is not defined. */
export interface QualityIntervals {
  /** Posterior, the estimate always inside. `[K]` */
  readonly perCategory: readonly CategoryIntervals[];
  readonly macroF1: Interval | undefined;
  readonly balancedAccuracy: Interval | undefined;
  readonly kappa: Interval | undefined;
}

/**
 * The default 95% intervals of precision, recall and F1 per category (`categoryIntervals`), and of macro-F1, balanced accuracy and kappa.
 * These three have the hull of two intervals, because each alone fails somewhere: the linearised one (`designEstimate`) lies too high
 * where some categories show no errors; the one that is joined from the categories' (`meanInterval`), or kappa's posterior
 * (`kappaInterval`), is a little low where errors are very few. How often they hold the truth is tested in `intervalCoverage.test.ts`.
 *
 * @returns undefined for an empty sample
 */
export function qualityIntervals(
  sample: GoldSample,
  { draws, random }: PosteriorOptions,
): QualityIntervals | undefined {
  const strata = cellStrataOf(sample);
  if (strata.length === 0) return undefined;
  const options = { isFinite: sample.design.isFinite, draws, random };
  const estimateOf = (metric: ClassificationMetric) => designEstimate(sample, metric)?.estimate;
  const perCategory = Array.from({ length: sample.categoryCount }, (_, category): CategoryIntervals => {
    const found = categoryIntervals(strata, category, options);
    const around = (kind: keyof CategoryIntervals) => including(found[kind], estimateOf({ kind, category }));
    return { precision: around("precision"), recall: around("recall"), f1: around("f1") };
  });
  const mean = (kind: "recall" | "f1") => {
    const parts = perCategory.flatMap((intervals, category) => {
      const [value, interval] = [estimateOf({ kind, category }), intervals[kind]];
      return value === undefined || interval === undefined ? [] : [{ value, interval, category }];
    });
    return meanInterval(
      parts,
      covarianceOf(
        sample,
        parts.map(({ category }) => ({ kind, category })),
      ),
    );
  };
  const { categoryCount } = sample;
  const kappa = including(
    kappaInterval(strata, { ...options, categoryCount }),
    estimateOf({ kind: "kappa" }),
  );
  return {
    perCategory,
    macroF1: hull(mean("f1"), designEstimate(sample, { kind: "macroF1" })?.interval),
    balancedAccuracy: hull(mean("recall"), designEstimate(sample, { kind: "balancedAccuracy" })?.interval),
    kappa: hull(kappa, designEstimate(sample, { kind: "kappa" })?.interval),
  };
}

/** A posterior's interval, widened where needed to take in the design-based estimate beside which it is reported. */
function including(interval: Interval | undefined, value: number | undefined): Interval | undefined {
  return value === undefined || interval === undefined
    ? undefined
    : hull(interval, { low: value, high: value });
}

function hull(a: Interval | undefined, b: Interval | undefined): Interval | undefined {
  if (a === undefined || b === undefined) return a ?? b;
  return { low: Math.min(a.low, b.low), high: Math.max(a.high, b.high) };
}

/** The linearised covariances of metrics; undefined where the design does not tell them. `[m, m]` */
function covarianceOf(
  sample: GoldSample,
  metrics: readonly ClassificationMetric[],
): readonly (readonly number[])[] | undefined {
  const cells = weightedCells(sample);
  const influences = metrics.map((metric) => {
    const derivative = linearisedMetric(cells, metric)?.derivative;
    return sample.gold.map((truth, i) => derivative?.[truth]?.[sample.predicted[i] as number] ?? 0);
  });
  const variances = influences.map((influence) => sampleVariance(sample, influence));
  if (variances.some((variance) => variance === undefined)) return undefined;
  return influences.map((own, j) =>
    influences.map((other, k) => {
      if (j === k) return variances[j] as number;
      const sum = sampleVariance(
        sample,
        own.map((value, i) => value + (other[i] as number)),
      ) as number;
      return (sum - (variances[j] as number) - (variances[k] as number)) / 2;
    }),
  );
}
