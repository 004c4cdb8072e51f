import type { Study } from "../../store/openStudy.ts";
import type { Sample } from "../../store/sampleStore.ts";
import { runOfSample } from "./runOfSample.ts";

/** Names of the categories that a sample is coded with: those of the run that it was drawn from. @throws RangeError for no such run */
export function categoriesOfSample(study: Study, sample: Sample): readonly string[] {
  return runOfSample(study, sample).codebook.categories.map(({ name }) => name);
}
