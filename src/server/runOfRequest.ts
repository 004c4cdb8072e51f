import type { Study } from "../store/openStudy.ts";
import type { Run } from "../store/runStore.ts";
import { RequestError } from "./requestError.ts";

/** A completed run of the study. @throws RequestError 404 for one that is not there */
export function runOfRequest(study: Study, runId: number): Run {
  const run = study.runs.maybeGet(runId);
  if (run !== undefined) return run;
  throw new RequestError(404, `the study has no run ${runId}`, { hint: "choose one of the list" });
}
