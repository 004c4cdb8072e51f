import { hostname } from "node:os";
import type { Study } from "../store/openStudy.ts";
import type { Run, RunSpec } from "../store/runStore.ts";
import { classifierOfRun } from "./classifierOfRun.ts";
import { scoreRun } from "./scoreRun.ts";
import { usedVersions } from "./usedVersions.ts";

/** A run, but for what is known when it is stored. */
export type UnstoredRun = Omit<RunSpec, "startedAt" | "writer" | "versions">;

/** What stores a run, and when. */
export interface StoreRunOptions {
  /** Adds the run's units, and sees to it that all embeddings are stored; answers how many files were ignored. */
  readonly addUnits: (runId: number) => Promise<number>;
  readonly signal?: AbortSignal | undefined;
  readonly clock: () => Date;
}

/**
 * Stores a run: its units, then their answers from stored embeddings. The study's lock is the caller's.
 * @throws UserError when the study cannot be written; the signal's reason when aborted
 */
export async function storeRun(
  study: Study,
  spec: UnstoredRun,
  { addUnits, signal, clock }: StoreRunOptions,
): Promise<Run> {
  const run: RunSpec = {
    ...spec,
    startedAt: clock().toISOString(),
    writer: `${process.pid}@${hostname()}`,
    versions: usedVersions(),
  };
  const runId = study.transaction(() => study.runs.start(run));
  const ignored = await addUnits(runId);
  await scoreRun(study, runId, run, classifierOfRun(study, run), signal);
  study.transaction(() => study.runs.complete(runId, clock().toISOString(), ignored), { onDisk: true });
  return study.runs.maybeGet(runId) as Run;
}

/** A run that was cut off is made anew; its embeddings stay. The study's lock tells that nobody is writing it. */
export function removeInterruptedRuns(study: Study): void {
  study.transaction(() => {
    for (const { id } of study.runs.unfinished()) study.runs.removeUnfinished(id);
  });
}
