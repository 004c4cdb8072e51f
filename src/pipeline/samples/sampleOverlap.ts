import { foldCase } from "../../codebook/foldCase.ts";
import type { Study } from "../../store/openStudy.ts";
import type { Sample } from "../../store/sampleStore.ts";
import type { SampleFrame } from "../../validation/sampleFrame.ts";
import type { SamplePurpose } from "../../validation/sampleSpec.ts";

/** Another sample that has images of a sample, too. */
export interface SampleOverlap {
  readonly name: string;
  readonly purpose: SamplePurpose;
  /** How many; of a sample that is only planned the expected number, mostly a fraction. Above 0 */
  readonly images: number;
}

/** Why images of an evaluated sample that are in another one, too, are a trouble. */
export interface TellingOverlap extends SampleOverlap {
  /** `sealed`: nobody was to see results on them yet. `training`: a coder was told their right answers. */
  readonly why: "sealed" | "training";
}

/** The other samples with images of a sample, whatever their runs, the oldest first. */
export function sampleOverlaps(study: Study, sample: Sample): readonly SampleOverlap[] {
  const own = new Map(study.samples.imageIds(sample.id).map((imageId) => [imageId, 1]));
  return overlapsWith(study, own, sample.id);
}

/**
 * The samples with images that a planned one would have, too, as far as can be expected.
 * @param inclusion each row's chance to be drawn. [rows], 0..1
 */
export function plannedOverlaps(
  study: Study,
  { imageIds }: SampleFrame,
  inclusion: Float64Array,
): readonly SampleOverlap[] {
  const others = new Set(study.samples.list().flatMap(({ id }) => study.samples.imageIds(id)));
  const weights = new Map<number, number>();
  // A frame may have a million images, and few of them are in samples.
  for (const [row, imageId] of imageIds.entries()) {
    if (others.has(imageId)) weights.set(imageId, inclusion[row] as number);
  }
  return overlapsWith(study, weights, undefined);
}

/**
 * The overlaps that a reader of a sample's evaluation has to know: with sealed samples whose results nobody saw yet, and with training
 * rounds, as far as a coder of the sample took them.
 */
export function tellingOverlaps(study: Study, sample: Sample): readonly TellingOverlap[] {
  const coders = new Set(study.codings.newest(sample.id).map(({ coder }) => foldCase(coder)));
  return sampleOverlaps(study, sample).flatMap((overlap): TellingOverlap[] => {
    const other = study.samples.maybeByName(overlap.name);
    if (other === undefined) throw new RangeError(`there is no sample ${overlap.name}`);
    if (other.isSealed && study.samples.openings(other.id).length === 0)
      return [{ ...overlap, why: "sealed" }];
    if (other.purpose !== "training") return [];
    const own = new Set(study.samples.imageIds(sample.id));
    const trained = study.samples.imageIds(other.id);
    const places = study.codings
      .newest(other.id)
      .flatMap(({ coder, place }) => (coders.has(foldCase(coder)) ? [place] : []));
    const images = [...new Set(places)].filter((place) => own.has(trained[place] as number)).length;
    return images > 0 ? [{ ...overlap, images, why: "training" }] : [];
  });
}

function overlapsWith(
  study: Study,
  weights: ReadonlyMap<number, number>,
  ownId: number | undefined,
): readonly SampleOverlap[] {
  return study.samples.list().flatMap(({ id, name, purpose }) => {
    if (id === ownId) return [];
    const images = study.samples
      .imageIds(id)
      .reduce((total, imageId) => total + (weights.get(imageId) ?? 0), 0);
    return images > 0 ? [{ name, purpose, images }] : [];
  });
}
