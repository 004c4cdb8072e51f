import type { NamedMember, Sample } from "../../store/sampleStore.ts";
import type { Coding } from "../../validation/coding.ts";
import { trainingScore } from "../../validation/trainingScore.ts";
import type { CodingView } from "./showCoding.ts";

/**
 * How one coder does in a training round.
 * @param members of the round, by place
 * @param codings the coder's newest on each image
 */
export function scoreCoder(
  sample: Sample,
  members: readonly NamedMember[],
  codings: readonly Coding[],
): NonNullable<CodingView["score"]> {
  const answers = codings.flatMap(({ place, value }) => {
    const known = members[place]?.knownCategory;
    return known === undefined ? [] : [{ known, said: value }];
  });
  const score = trainingScore(answers, members.length, sample.passMark ?? 0);
  return { ...score, hasPassed: score.hasPassed ?? null };
}
