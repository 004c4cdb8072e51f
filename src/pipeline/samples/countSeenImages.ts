import type { Study } from "../../store/openStudy.ts";
import type { Run } from "../../store/runStore.ts";
import type { SampleExclusions } from "../../validation/sampleSpec.ts";
import { excludedImages } from "./excludedImages.ts";
import { readSampleFrame } from "./readSampleFrame.ts";

/** How many of the images that could be drawn people have seen while the codebook was made; an image may count in several. */
export interface SeenImages {
  /** Pilots and training rounds with such images, the oldest first. */
  readonly samples: readonly { readonly name: string; readonly images: number }[];
  /** Judged in a review of any run. */
  readonly reviewed: number;
  /** The codebook's examples. */
  readonly examples: number;
}

const nothing: SampleExclusions = { samples: [], reviewed: false, examples: false };

/**
 * Counts the images that a sample with these exclusions could have, although the codebook may have been fitted to them: a test on them
 * looks better than it is.
 * @throws UserError for an excluded sample that is not there
 */
export function countSeenImages(study: Study, run: Run, exclusions: SampleExclusions): SeenImages {
  const idsOf = (of: Partial<SampleExclusions>) => [
    ...excludedImages(study, run, { ...nothing, ...of }).keys(),
  ];
  const samples = study.samples
    .list()
    .filter(({ purpose }) => purpose === "pilot" || purpose === "training")
    .map(({ name }) => ({ name, ids: idsOf({ samples: [name] }) }));
  const reviewed = idsOf({ reviewed: true });
  const examples = idsOf({ examples: true });
  // A frame of a million images takes seconds to read; mostly nothing was seen.
  const isAnySeen = [reviewed, examples, ...samples.map(({ ids }) => ids)].some((ids) => ids.length > 0);
  const frame = new Set(isAnySeen ? readSampleFrame(study, run, exclusions).imageIds : []);
  const count = (ids: readonly number[]) => ids.filter((id) => frame.has(id)).length;
  return {
    samples: samples
      .map(({ name, ids }) => ({ name, images: count(ids) }))
      .filter(({ images }) => images > 0),
    reviewed: count(reviewed),
    examples: count(examples),
  };
}
