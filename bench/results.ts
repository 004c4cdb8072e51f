import { existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { UserError } from "../src/errors.ts";
import type { Machine } from "./machine.ts";

/** One thing that was measured, once per repetition. */
export interface Measurement {
  readonly key: string;
  readonly title: string;
  readonly unit: "images/s" | "vectors/s" | "ms" | "s" | "MB" | "bytes";
  /** One value per repetition, in their order; empty when `notRun` says why. */
  readonly values: readonly number[];
  readonly notRun?: string;
  /** When the run began that measured it: only values of one run may be divided by each other. */
  readonly run: string;
}

/** Everything that a benchmark measured on one machine. */
export interface Results {
  readonly machine: Machine;
  /** Settings as they are printed: name and value. */
  readonly settings: Readonly<Record<string, string>>;
  readonly measurements: readonly Measurement[];
}

/** The results with one more measurement, or a newer one in the place of an older. */
export function withMeasurement(results: Results, measurement: Measurement): Results {
  const at = results.measurements.findIndex(({ key }) => key === measurement.key);
  const measurements = [...results.measurements];
  measurements.splice(at < 0 ? measurements.length : at, at < 0 ? 0 : 1, measurement);
  return { ...results, measurements };
}

/**
 * Measurements of an earlier run, to be completed by this one; none when there was none.
 * @throws UserError when they were made on another machine, with other versions, or with other settings
 */
export function earlierMeasurements(path: string, now: Results): readonly Measurement[] {
  if (!existsSync(path)) return [];
  const earlier = JSON.parse(readFileSync(path, "utf8")) as Results;
  const same = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b);
  if (!same(earlier.machine, now.machine) || !same(earlier.settings, now.settings)) {
    throw new UserError(`${path}: made on another machine, with other versions or other settings`, {
      hint: "choose another --out, or leave out --only",
    });
  }
  return earlier.measurements;
}

/** Writes the results whole: a benchmark that is stopped leaves those of the turns before. */
export function saveResults(path: string, results: Results): void {
  writeFileSync(`${path}.part`, `${JSON.stringify(results, undefined, 2)}\n`);
  renameSync(`${path}.part`, path);
}
