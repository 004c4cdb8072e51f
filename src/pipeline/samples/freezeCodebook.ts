import { UserError } from "../../errors.ts";
import type { Study } from "../../store/openStudy.ts";
import type { Run } from "../../store/runStore.ts";
import type { CodebookFreeze, Sample } from "../../store/sampleStore.ts";
import { measureDigest } from "./measureDigest.ts";

/**
 * Records that a run's codebook is final; frozen once, it stays so, and freezing the same again changes nothing.
 * @param now ISO 8601
 */
export function freezeCodebook(study: Study, run: Run, now: string): CodebookFreeze {
  const sha256 = measureDigest(study, run);
  return study.transaction(
    () => {
      const last = study.samples.freezes().at(-1);
      return last?.sha256 === sha256
        ? last
        : study.samples.addFreeze({ runId: run.id, sha256, frozenAt: now });
    },
    { onDisk: true },
  );
}

/**
 * Notes that somebody looks at what a sample says of the predictions of one or several runs: an opening for each. A sealed sample is
 * opened only for the codebook that is frozen; where it may not be opened for one of the runs, nothing is noted.
 * @param how where it is shown: `evaluate`, `screen`, `export gold`
 * @param now ISO 8601
 * @throws UserError for a sealed sample before the codebook is frozen, or with another one
 */
export function openSample(
  study: Study,
  sample: Sample,
  runs: readonly Run[],
  how: string,
  now: string,
): void {
  study.transaction(
    () => {
      const freeze = study.samples.freezes().at(-1);
      if (sample.isSealed && freeze === undefined) {
        throw new UserError(`sample "${sample.name}" is sealed, and the codebook is not frozen`, {
          hint: "when nothing of the codebook, model and settings will change any more: clipbook freeze",
        });
      }
      const other = runs.find((run) => freeze?.sha256 !== measureDigest(study, run));
      if (sample.isSealed && other !== undefined) {
        throw new UserError(
          `sample "${sample.name}" is sealed, and run ${other.id} is not what was frozen (run ${freeze?.runId})`,
          { hint: `evaluate run ${freeze?.runId}, or freeze this one: the report then says so` },
        );
      }
      for (const run of runs)
        study.samples.addOpening({
          sampleId: sample.id,
          runId: run.id,
          freezeId: freeze?.id,
          how,
          openedAt: now,
        });
    },
    { onDisk: true },
  );
}
