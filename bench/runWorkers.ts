import type { BenchContext } from "./benchContext.ts";
import { measureIntake } from "./measureIntake.ts";
import { measureMerge } from "./measureMerge.ts";
import { measureScaling } from "./measureScaling.ts";

/**
 * Workers on a queue of this machine: how several pinned to a processor each compare with one, and how many images a coordinator
 * takes in when workers have the vectors ready.
 */
export async function runWorkers(context: BenchContext): Promise<void> {
  if (context.isWanted("workers-scaling")) await measureScaling(context);
  if (context.isWanted("workers-intake")) await measureIntake(context);
  await measureMerge(context);
}
