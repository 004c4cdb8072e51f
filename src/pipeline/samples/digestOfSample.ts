import type { Study } from "../../store/openStudy.ts";
import type { Sample } from "../../store/sampleStore.ts";
import { sampleDigest } from "../../validation/sampleDigest.ts";
import { categoriesOfSample } from "./categoriesOfSample.ts";

/** What files that leave the study carry of a sample, so that they find back to it. */
export function digestOfSample(study: Study, sample: Sample): string {
  return sampleDigest(
    sample.name,
    study.samples.members(sample.id).map(({ sha256 }) => sha256),
    categoriesOfSample(study, sample),
  );
}
