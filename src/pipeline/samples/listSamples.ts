import type { Study } from "../../store/openStudy.ts";
import type { Sample, SampleCoder, SampleOpening } from "../../store/sampleStore.ts";

/** A coder with what stands of theirs. */
export interface CoderProgress extends Pick<SampleCoder, "coder" | "role" | "link" | "addedAt"> {
  /** Images with an answer that was not taken back. */
  readonly answered: number;
  /** ISO 8601 of the last answer; undefined for none. */
  readonly lastAt: string | undefined;
}

/** A sample with who codes it and who looked at its results. */
export interface SampleProgress extends Sample {
  /** Images drawn. */
  readonly size: number;
  readonly coders: readonly CoderProgress[];
  readonly openings: readonly SampleOpening[];
}

/** All samples of a study with how far their coders are, the oldest first. */
export function listSamples(study: Study): readonly SampleProgress[] {
  return study.samples.list().map((sample) => sampleProgress(study, sample));
}

/** A sample with how far its coders are. */
export function sampleProgress(study: Study, sample: Sample): SampleProgress {
  const newest = study.codings.newest(sample.id);
  return {
    ...sample,
    size: sample.design.strata.reduce((sum, { drawn }) => sum + drawn, 0),
    coders: study.samples.coders(sample.id).map(({ coder, role, link, addedAt }) => {
      const own = newest.filter((coding) => coding.coder === coder && coding.role === role);
      return {
        coder,
        role,
        link,
        addedAt,
        answered: new Set(own.flatMap(({ answer, place }) => (answer === "withdrawn" ? [] : [place]))).size,
        lastAt: own
          .map(({ codedAt }) => codedAt)
          .sort()
          .at(-1),
      };
    }),
    openings: study.samples.openings(sample.id),
  };
}
