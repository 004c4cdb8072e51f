import type { BenchOptions } from "./benchOptions.ts";
import type { Measurement } from "./results.ts";

/** What every part of the benchmark is given. */
export interface BenchContext {
  readonly options: BenchOptions;
  readonly codebook: string;
  readonly pictures: readonly string[];
  /** A folder for whatever is needed on the way; gone at the end. */
  readonly work: string;
  /** Why the Python peers cannot run, if they cannot. */
  readonly pythonMissing: string | undefined;
  readonly transformersJsMissing: string | undefined;
  /** Whether `--only` leaves a measurement in. */
  isWanted(key: string): boolean;
  /** Stores a measurement, and says it. */
  save(measurement: Omit<Measurement, "run">): void;
  tell(line: string): void;
}
