import type { Study } from "../../store/openStudy.ts";
import type { Run } from "../../store/runStore.ts";
import type { Sample } from "../../store/sampleStore.ts";

/** The run that a sample was drawn from, whose categories its coders choose from. @throws RangeError for no such run */
export function runOfSample(study: Study, sample: Sample): Run {
  const run = study.runs.maybeGet(sample.runId);
  if (run === undefined) throw new RangeError(`sample ${sample.id} has no run ${sample.runId}`);
  return run;
}
