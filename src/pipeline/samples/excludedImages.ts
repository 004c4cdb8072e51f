import type { Study } from "../../store/openStudy.ts";
import type { Run } from "../../store/runStore.ts";
import type { SampleExclusions } from "../../validation/sampleSpec.ts";
import { requireSample } from "./requireSample.ts";

/** Why an image is not drawn. */
export type ExclusionKind = "inSamples" | "reviewed" | "examples";

/**
 * Images that are not drawn, by id, each with the first exclusion that names it.
 * @throws UserError for an excluded sample that is not there
 */
export function excludedImages(
  study: Study,
  run: Run,
  { samples, reviewed, examples }: SampleExclusions,
): ReadonlyMap<number, ExclusionKind> {
  const excluded = new Map<number, ExclusionKind>();
  const exclude = (kind: ExclusionKind, imageIds: Iterable<number>) => {
    for (const imageId of imageIds) if (!excluded.has(imageId)) excluded.set(imageId, kind);
  };
  for (const name of samples) {
    const members = study.samples.members(requireSample(study, name).id);
    exclude(
      "inSamples",
      members.map(({ imageId }) => imageId),
    );
  }
  if (reviewed) exclude("reviewed", reviewedImages(study));
  if (examples) {
    const names = run.codebook.categories.flatMap((category) => category.examples ?? []);
    exclude("examples", study.units.imagesNamed(run.id, names));
  }
  return excluded;
}

/** Images on which a verdict stands in any run of the study. */
function* reviewedImages(study: Study): Iterable<number> {
  for (const { id } of study.runs.list()) {
    const positions = new Set(study.reviews.standing(id).map(({ position }) => position));
    for (const { imageId } of study.answers.unitsAt(id, [...positions])) yield imageId;
  }
}
