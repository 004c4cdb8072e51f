import type { Study } from "../../store/openStudy.ts";
import type { Sample } from "../../store/sampleStore.ts";
import { type StandingCoding, standingCodings } from "./standingCodings.ts";

/** Images that an adjudicator has to decide, and how many may still become such. */
export interface Disagreements {
  /** By place: what each coder says of it, by name. Unsure and uncodable are answers like any other. */
  readonly byPlace: ReadonlyMap<number, readonly StandingCoding[]>;
  /** Images that not all of the sample's coders have coded yet. */
  readonly waiting: number;
}

/**
 * The images of a sample on which its coders disagree, once all of them have coded them. When two have begun, those who have not are
 * not waited for: somebody who was invited and never came would hold everything up.
 */
export function findDisagreements(study: Study, sample: Sample): Disagreements {
  const standing = standingCodings(study, sample, { role: "coder" });
  const begun = new Set(standing.map(({ coder }) => coder));
  const expected = study.samples
    .coders(sample.id)
    .filter(({ role, coder }) => role === "coder" && (begun.size < 2 || begun.has(coder)))
    .map(({ coder }) => coder);
  const byPlace = new Map<number, StandingCoding[]>();
  for (const coding of standing) {
    byPlace.set(coding.place, [...(byPlace.get(coding.place) ?? []), coding]);
  }
  let complete = 0;
  for (const [place, codes] of byPlace) {
    const isComplete = expected.every((name) => codes.some(({ coder }) => coder === name));
    if (isComplete) complete++;
    const [first] = codes;
    const isAgreed = codes.every(({ answer, value }) => answer === first?.answer && value === first.value);
    if (!isComplete || isAgreed) byPlace.delete(place);
    else codes.sort((a, b) => (a.coder < b.coder ? -1 : 1));
  }
  const size = study.samples.members(sample.id).length;
  return { byPlace, waiting: size - complete };
}
