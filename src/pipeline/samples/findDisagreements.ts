import type { Study } from "../../store/openStudy.ts";
import type { Sample } from "../../store/sampleStore.ts";
import { type StandingCoding, standingCodings } from "./standingCodings.ts";

/** One code decides nothing, and disagrees with nobody. */
const leastCodes = 2;

/** Images that an adjudicator has to decide, and how many may still become such. */
export interface Disagreements {
  /** By place: what each coder says of it, by name. Unsure and uncodable are answers like any other. */
  readonly byPlace: ReadonlyMap<number, readonly StandingCoding[]>;
  /** Images with fewer codes than there are coders who have begun, or than two: more codes may come, and nothing waits for them. */
  readonly waiting: number;
}

/** The images of a sample with at least two codes on which its coders disagree, whoever else may still code them. */
export function findDisagreements(study: Study, sample: Sample): Disagreements {
  const size = study.samples.members(sample.id).length;
  return disagreementsOf(standingCodings(study, sample, { role: "coder" }), size);
}

/**
 * As `findDisagreements`, of codings that are read already.
 * @param standing what the coders of the sample say, by place
 * @param size images of the sample
 */
export function disagreementsOf(standing: readonly StandingCoding[], size: number): Disagreements {
  const begun = new Set(standing.map(({ coder }) => coder)).size;
  const byPlace = new Map<number, readonly StandingCoding[]>();
  let complete = 0;
  for (const [place, codes] of Map.groupBy(standing, (coding) => coding.place)) {
    if (codes.length >= Math.max(leastCodes, begun)) complete++;
    const [first] = codes;
    const isAgreed = codes.every(({ answer, value }) => answer === first?.answer && value === first.value);
    // A single code agrees with itself.
    if (!isAgreed)
      byPlace.set(
        place,
        codes.toSorted((a, b) => (a.coder < b.coder ? -1 : 1)),
      );
  }
  return { byPlace, waiting: size - complete };
}
