import type { Study } from "../../store/openStudy.ts";
import type { Sample, SampleOpening } from "../../store/sampleStore.ts";
import { type CoderProgress, followCoders } from "./followCoders.ts";

/** A sample with who codes it, how far they are, and who looked at its results. */
export interface SampleProgress extends Sample {
  /** Images drawn. */
  readonly size: number;
  readonly coders: readonly CoderProgress[];
  /** The oldest first. */
  readonly openings: readonly SampleOpening[];
}

/** All samples of a study, the oldest first. */
export function listSamples(study: Study): readonly SampleProgress[] {
  return study.samples.list().map((sample) => sampleProgress(study, sample));
}

/** A sample with how far its coders are. */
export function sampleProgress(study: Study, sample: Sample): SampleProgress {
  return {
    ...sample,
    size: sample.design.strata.reduce((sum, { drawn }) => sum + drawn, 0),
    coders: followCoders(study, sample),
    openings: study.samples.openings(sample.id),
  };
}
