import { median } from "./median.ts";
import type { Measurement } from "./results.ts";

/** A figure made from several measurements of one run. */
export interface DerivedRatio {
  readonly title: string;
  /** One value per repetition: turns of the same repetition are compared. */
  readonly values: readonly number[];
}

const precisions = ["float32", "int8"] as const;

/** All ratios whose measurements are there and were made in one run. */
export function derivedRatios(measurements: readonly Measurement[]): readonly DerivedRatio[] {
  const ratio = (title: string, keys: readonly string[], combine: (values: readonly number[]) => number) => {
    const parts = keys.map((key) => measurements.find((measurement) => measurement.key === key));
    const found = parts.filter(
      (part) => part !== undefined && part.values.length > 0,
    ) as readonly Measurement[];
    if (found.length < keys.length || new Set(found.map(({ run }) => run)).size > 1) return [];
    const repetitions = Math.min(...found.map(({ values }) => values.length));
    const values = Array.from({ length: repetitions }, (_, i) =>
      combine(found.map((part) => part.values[i] as number)),
    );
    return [{ title, values }];
  };
  const quotient = ([above, below]: readonly number[]) => (above as number) / (below as number);
  const peers = measurements.filter(({ key }) => /^(transformersjs|python)-/.test(key));
  return [
    ...(
      [
        ["its own tower", "lanes"],
        ["ONNX Runtime with batches of 16", "tower"],
      ] as const
    ).flatMap(([whose, tower]) =>
      precisions.flatMap((precision) =>
        ratio(
          `efficiency of clipbook classify, measured by ${whose}, ${precision}`,
          [`pipeline-${precision}`, `${tower}-${precision}`, "decode"],
          ([pipeline, alone, decode]) => efficiency(pipeline as number, alone as number, decode as number),
        ),
      ),
    ),
    ...ratio("int8 to float32, image tower in ONNX Runtime", ["tower-int8", "tower-float32"], quotient),
    ...ratio("int8 to float32, image tower as Clipbook runs it", ["lanes-int8", "lanes-float32"], quotient),
    ...ratio("int8 to float32, clipbook classify", ["pipeline-int8", "pipeline-float32"], quotient),
    ...peers.flatMap(({ key, title }) =>
      ratio(
        `clipbook classify to ${title}`,
        [key.endsWith("int8") ? "pipeline-int8" : "pipeline-float32", key],
        quotient,
      ),
    ),
    ...ratio(
      "two pinned workers to one, coordinator and Redis on the same two processors",
      ["workers-scaling-2-rate", "workers-scaling-1-rate"],
      quotient,
    ),
    ...ratio(
      "two pinned workers to one, by images in the processor time that the workers got",
      ["workers-scaling-1-workers-ms", "workers-scaling-2-workers-ms"],
      (values) => 2 * quotient(values),
    ),
  ];
}

/**
 * A pipeline's rate in proportion to the rate that perfect overlap on the same processors would give: each picture costs
 * the tower's time and the decoder's, and nothing else. Rates in pictures per second.
 */
export function efficiency(pipeline: number, tower: number, decode: number): number {
  return pipeline * (1 / tower + 1 / decode);
}

/** The middle of a ratio's values with two decimals. */
export function formatRatio({ values }: DerivedRatio): string {
  return median(values).toFixed(2);
}
