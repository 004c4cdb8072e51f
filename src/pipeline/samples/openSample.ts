import { UserError } from "../../errors.ts";
import type { Study } from "../../store/openStudy.ts";
import type { Run } from "../../store/runStore.ts";
import type { CodebookFreeze, Sample } from "../../store/sampleStore.ts";
import { measureDigest } from "./measureDigest.ts";

/**
 * Notes one look at what a sample says of a run's predictions, and of those of other runs that are shown beside them. A sealed sample
 * is opened only for the codebook that is frozen; where it may not be opened for one of the runs, nothing is noted.
 * @param runs the first is the one that the note names
 * @param how where it is shown: `evaluate`, `screen`, `export gold`
 * @param now ISO 8601, of any zone; the study has it in UTC
 * @throws UserError as `requireOpenable`
 */
export function openSample(
  study: Study,
  sample: Sample,
  runs: readonly [Run, ...Run[]],
  how: string,
  now: string,
): void {
  study.transaction(
    () => {
      const freeze = requireOpenable(study, sample, runs);
      study.samples.addOpening({
        sampleId: sample.id,
        runId: runs[0].id,
        freezeId: freeze?.id,
        how,
        openedAt: new Date(now).toISOString(),
      });
    },
    { onDisk: true },
  );
}

/**
 * Whether a sample may be looked at beside runs' predictions; nothing is noted.
 * @returns the freeze that stands
 * @throws UserError for a sealed sample before the codebook is frozen, or with another one, and for a training round
 */
export function requireOpenable(
  study: Study,
  sample: Sample,
  runs: readonly Run[],
): CodebookFreeze | undefined {
  if (sample.purpose === "training") {
    throw new UserError(
      `sample "${sample.name}" is a training round: its images were chosen, not drawn, and measure coders, not predictions`,
      { hint: "evaluate a pilot, reliability or test sample; clipbook sample draws one" },
    );
  }
  const freeze = study.samples.freezes().at(-1);
  if (!sample.isSealed) return freeze;
  if (freeze === undefined) {
    throw new UserError(`sample "${sample.name}" is sealed, and the codebook is not frozen`, {
      hint: "when nothing of the codebook, model and settings will change any more: clipbook freeze",
    });
  }
  const other = runs.find((run) => freeze.sha256 !== measureDigest(study, run));
  if (other !== undefined) {
    throw new UserError(
      `sample "${sample.name}" is sealed, and run ${other.id} is not what was frozen (run ${freeze.runId})`,
      {
        hint:
          other === runs[0]
            ? `evaluate run ${freeze.runId}, or freeze this one: the report then says so`
            : "leave out --compare, or compare on a sample that is not sealed",
      },
    );
  }
  return freeze;
}
