import { defaultJobSize } from "../src/pipeline/queue/queueSpec.ts";
import type { BenchOptions } from "./benchOptions.ts";

/** So few pictures that jobs of the usual size would be too few to report between them. */
const quickJobSize = 8;

/** Images in a job of a run. */
export function queueJobSize({ quick }: Pick<BenchOptions, "quick">): number {
  return quick ? quickJobSize : defaultJobSize;
}
