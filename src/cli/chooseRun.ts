import { UserError } from "../errors.ts";
import type { Study } from "../store/openStudy.ts";
import type { Run } from "../store/runStore.ts";

/**
 * The run of the study that the user named, else the newest.
 * @throws UserError for a run that is not there, and a study without a finished run
 */
export function chooseRun(study: Study, runId: number | undefined): Run {
  const run = runId === undefined ? study.runs.maybeNewest() : study.runs.maybeGet(runId);
  if (run !== undefined) return run;
  const known = study.runs.list().map(({ id }) => id);
  if (known.length === 0) {
    throw new UserError(`${study.databasePath}: there is no finished run`, {
      hint: "run clipbook classify first",
    });
  }
  throw new UserError(`${study.databasePath}: there is no run ${runId}`, {
    hint: `its runs are ${known.join(", ")}`,
  });
}
