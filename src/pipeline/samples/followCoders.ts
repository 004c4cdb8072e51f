import { median } from "../../stats/median.ts";
import type { Study } from "../../store/openStudy.ts";
import type { Sample, SampleCoder } from "../../store/sampleStore.ts";
import { disagreementsOf } from "./findDisagreements.ts";
import { scoreCoder } from "./scoreCoder.ts";
import { type CodingView, isTrainingOf } from "./showCoding.ts";
import { standingCodings } from "./standingCodings.ts";

/** Somebody who codes a sample, and how far they are. */
export interface CoderProgress extends Omit<SampleCoder, "sampleId"> {
  /** Images with a standing answer. */
  readonly coded: number;
  /** Images that there are to code; for an adjudicator those on which the coders disagree so far. */
  readonly size: number;
  /** Seconds per standing answer; null where none was measured. */
  readonly medianSeconds: number | null;
  /** Of a training round. */
  readonly score: CodingView["score"];
}

/** How far everybody is who codes a sample, by role and name. */
export function followCoders(study: Study, sample: Sample): readonly CoderProgress[] {
  const members = study.samples.members(sample.id);
  const standing = standingCodings(study, sample);
  const { byPlace } = disagreementsOf(
    standing.filter(({ role }) => role === "coder"),
    members.length,
  );
  const codingsOf = Map.groupBy(standing, keyOf);
  return study.samples.coders(sample.id).map(({ sampleId: _, ...coder }) => {
    const isAdjudicator = coder.role === "adjudicator";
    const codings = (codingsOf.get(keyOf(coder)) ?? []).filter(
      ({ place }) => !isAdjudicator || byPlace.has(place),
    );
    return {
      ...coder,
      coded: codings.length,
      size: isAdjudicator ? byPlace.size : members.length,
      medianSeconds: median(codings.flatMap(({ seconds }) => seconds ?? [])) ?? null,
      score: isTrainingOf(sample, coder.role) ? scoreCoder(sample, members, codings) : null,
    };
  });
}

function keyOf({ role, coder }: Pick<SampleCoder, "role" | "coder">): string {
  return `${role} ${coder}`;
}
