import { studentTQuantile } from "./distributions/studentT.ts";
import {
  type GoldSample,
  type SamplePart,
  samplePartsOf,
  sampleVariance,
  sampleWeights,
  weightedCells,
} from "./goldSample.ts";
import { kornGraubardInterval } from "./kornGraubardInterval.ts";
import { type ClassificationMetric, linearisedMetric } from "./linearisedMetric.ts";
import { logitInterval } from "./logitInterval.ts";
import { degreesOfFreedomOf, sampleSizeOf } from "./samplingDesign.ts";
import { stratifiedBetaInterval } from "./stratifiedBetaInterval.ts";
import type { Interval } from "./wilsonInterval.ts";

/** A metric of the population, estimated from a sample with its design. */
export interface DesignEstimate {
  readonly estimate: number;
  /** Linearised; undefined where a stratum that has more has one unit in the sample. */
  readonly standardError: number | undefined;
  readonly interval: Interval | undefined;
  /** How the interval was made. */
  readonly method: EstimateMethod | undefined;
  readonly degreesOfFreedom: number;
}

/** `stratifiedBetaInterval`, Korn and Graubard's, or a linearised one on the logit scale or as it is. */
export type EstimateMethod = "beta" | "korn-graubard" | "logit" | "t";

/**
 * A metric of the population, weighted by the sampling design and post-stratified by the predicted category where its sizes are known,
 * with its linearised standard error. About the covered parts of the population (`coverageOf`).
 *
 * Intervals: accuracy, true shares and precision by `stratifiedBetaInterval` where the sample has simple random parts
 * (`samplePartsOf`), otherwise Korn and Graubard's; kappa with Student's t; all others on the logit scale. For all but accuracy and
 * shares `qualityIntervals` covers better. `level` is 95% unless told.
 *
 * @returns undefined where the metric is not defined
 * @throws RangeError for a design that contradicts itself or a category that there is not
 */
export function designEstimate(
  sample: GoldSample,
  metric: ClassificationMetric,
  { level = 0.95 }: { readonly level?: number } = {},
): DesignEstimate | undefined {
  const linearised = linearisedMetric(weightedCells(sample), metric);
  if (linearised === undefined) return undefined;
  const { derivative } = linearised;
  const influence = sample.gold.map(
    (category, unit) => derivative[category]?.[sample.predicted[unit] as number] as number,
  );
  const variance = sampleVariance(sample, influence);
  const standardError = variance === undefined ? undefined : Math.sqrt(variance);
  const degreesOfFreedom = degreesOfFreedomOf(sample.design);
  // A sum of roundings may pass 1 by the last bit.
  const estimate = Math.min(1, linearised.value);
  const interval =
    betaInterval(sample, metric, level) ??
    linearInterval(sample, metric, { estimate, standardError, degreesOfFreedom }, level);
  return {
    estimate,
    standardError,
    degreesOfFreedom,
    interval: interval?.interval,
    method: interval?.method,
  };
}

/** Units of the sample among which the metric is a share. */
function domainSize(sample: GoldSample, metric: ClassificationMetric): number {
  if (metric.kind !== "precision") return sampleSizeOf(sample.design);
  return sample.predicted.filter((category) => category === metric.category).length;
}

interface MadeInterval {
  readonly interval: Interval | undefined;
  readonly method: DesignEstimate["method"];
}

/**
 * The share of the population that has a property, estimated as accuracy is by `designEstimate`: by the same weights, with an interval
 * of the same kind. `[n]` has it or not
 *
 * @returns undefined for an empty sample
 * @throws RangeError for another number of properties than of units, and for a design that contradicts itself
 */
export function shareEstimate(
  sample: GoldSample,
  has: readonly boolean[],
  { level = 0.95 }: { readonly level?: number } = {},
): DesignEstimate | undefined {
  if (has.length !== sample.gold.length)
    throw new RangeError(`${has.length} properties of ${sample.gold.length} units`);
  const weights = sampleWeights(sample);
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  if (total === 0) return undefined;
  const found = weights.reduce((sum, weight, unit) => sum + (has[unit] ? weight : 0), 0);
  const estimate = Math.min(1, found / total);
  const variance = sampleVariance(
    sample,
    has.map((own) => (Number(own) - estimate) / total),
  );
  const standardError = variance === undefined ? undefined : Math.sqrt(variance);
  const degreesOfFreedom = degreesOfFreedomOf(sample.design);
  const parts = samplePartsOf(sample);
  const made =
    parts === undefined
      ? shareInterval({ estimate, standardError, degreesOfFreedom }, sampleSizeOf(sample.design), level)
      : partsInterval(sample, parts, (unit) => has[unit] === true, level);
  return { estimate, standardError, degreesOfFreedom, interval: made?.interval, method: made?.method };
}

/** Of a share of the units; precision is one among the units of a predicted category. */
function betaInterval(
  sample: GoldSample,
  metric: ClassificationMetric,
  level: number,
): MadeInterval | undefined {
  const has = propertyOf(metric);
  const parts = samplePartsOf(sample);
  if (has === undefined || parts === undefined) return undefined;
  const own =
    metric.kind === "precision" ? parts.filter(({ predicted }) => predicted === metric.category) : parts;
  const isSplit = metric.kind === "precision" && parts.some(({ predicted }) => predicted === undefined);
  if (isSplit || own.length === 0) return undefined;
  return partsInterval(
    sample,
    own,
    (unit) => has(sample.gold[unit] as number, sample.predicted[unit] as number),
    level,
  );
}

function partsInterval(
  { design }: GoldSample,
  parts: readonly SamplePart[],
  has: (unit: number) => boolean,
  level: number,
): MadeInterval {
  const strata = parts.map(({ size, units }) => ({
    size,
    judged: units.length,
    successes: units.filter(has).length,
  }));
  return {
    interval: stratifiedBetaInterval(strata, { isFinite: design.isFinite, level }),
    method: "beta",
  };
}

function propertyOf(
  metric: ClassificationMetric,
): ((gold: number, predicted: number) => boolean) | undefined {
  switch (metric.kind) {
    case "accuracy":
      return (gold, predicted) => gold === predicted;
    case "trueShare":
    case "precision":
      return (gold) => gold === metric.category;
    default:
      return undefined;
  }
}

interface LinearEstimate {
  readonly estimate: number;
  readonly standardError: number | undefined;
  readonly degreesOfFreedom: number;
}

function linearInterval(
  sample: GoldSample,
  metric: ClassificationMetric,
  linear: LinearEstimate,
  level: number,
): MadeInterval | undefined {
  const { estimate, standardError, degreesOfFreedom } = linear;
  if (propertyOf(metric) !== undefined || metric.kind === "predictedShare")
    return shareInterval(linear, domainSize(sample, metric), level);
  if (standardError === undefined || !(degreesOfFreedom > 0)) return undefined;
  if (metric.kind === "kappa") {
    const half = studentTQuantile((1 + level) / 2, degreesOfFreedom) * standardError;
    return { interval: { low: estimate - half, high: Math.min(1, estimate + half) }, method: "t" };
  }
  const interval = logitInterval(estimate, standardError, degreesOfFreedom, { level });
  return interval && { interval, method: "logit" };
}

function shareInterval(
  { estimate, standardError, degreesOfFreedom }: LinearEstimate,
  sampleSize: number,
  level: number,
): MadeInterval | undefined {
  if (standardError === undefined) return undefined;
  const share = { share: estimate, standardError, sampleSize, degreesOfFreedom };
  const interval = kornGraubardInterval(share, { level });
  return interval && { interval, method: "korn-graubard" };
}
