import type { CodingFilter } from "../../store/codingStore.ts";
import type { Study } from "../../store/openStudy.ts";
import type { Sample } from "../../store/sampleStore.ts";
import type { Coding } from "../../validation/coding.ts";

/** A coding that stands. */
export interface StandingCoding extends Coding {
  readonly answer: Exclude<Coding["answer"], "withdrawn">;
}

/** What the coders of a sample say now: the newest of each on each image, without the withdrawn ones; by place. */
export function standingCodings(
  study: Study,
  sample: Sample,
  filter?: CodingFilter,
): readonly StandingCoding[] {
  return study.codings.newest(sample.id, filter).filter(isStanding);
}

function isStanding(coding: Coding): coding is StandingCoding {
  return coding.answer !== "withdrawn";
}
