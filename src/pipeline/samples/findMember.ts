import type { Study } from "../../store/openStudy.ts";
import type { Sample } from "../../store/sampleStore.ts";

/** What a text names: the place of an image in the sample, or why there is none. */
export type FoundMember =
  | { readonly place: number }
  | { readonly missing: "unknown" | "notDrawn" | "ambiguous" };

/**
 * Finds a sample's images by what other programs call them: the SHA-256 of the image, or the name of any unit of the run that shows
 * it, as in the results table.
 */
export function openMemberFinder(study: Study, sample: Sample): (name: string) => FoundMember {
  const members = study.samples.members(sample.id);
  const places = new Map<string, number | "ambiguous">();
  for (const { sha256, place } of members) places.set(sha256, place);
  const note = (name: string, place: number) => {
    const other = places.get(name);
    places.set(name, other === undefined || other === place ? place : "ambiguous");
  };
  for (const { name, place } of members) note(name, place);
  // Other units that show the same images are looked for when a name is not a member's own.
  let others: ReadonlySet<string> | undefined;
  const readOthers = (): ReadonlySet<string> => {
    const placeOfImage = new Map(members.map(({ imageId, place }) => [imageId, place]));
    const elsewhere = new Set<string>();
    for (const { imageId, unit } of study.runs.rows(sample.runId)) {
      const name = unit.name === "" ? `row ${unit.rowNumber}` : unit.name;
      const place = imageId === undefined ? undefined : placeOfImage.get(imageId);
      if (place === undefined) elsewhere.add(name);
      else note(name, place);
    }
    return elsewhere;
  };
  return (name) => {
    const text = /^[0-9a-f]{64}$/i.test(name) ? name.toLowerCase() : name;
    if (!places.has(text)) others ??= readOthers();
    const place = places.get(text);
    if (place === "ambiguous") return { missing: "ambiguous" };
    if (place !== undefined) return { place };
    return { missing: others?.has(text) === true ? "notDrawn" : "unknown" };
  };
}
