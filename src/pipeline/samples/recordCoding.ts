import { UserError } from "../../errors.ts";
import type { Study } from "../../store/openStudy.ts";
import type { Sample } from "../../store/sampleStore.ts";
import type { Coding, CodingSpec } from "../../validation/coding.ts";
import { categoryVariable } from "../../validation/coding.ts";
import { categoriesOfSample } from "./categoriesOfSample.ts";

/** A coding as somebody gives it. */
export interface GivenCoding extends Omit<CodingSpec, "sampleId"> {
  /** Id of the coder's newest coding of the image that was known when this one was given; 0 for none. */
  readonly seen: number;
}

/**
 * Adds a coding to a sample; when this returns it is on the disk. Where the coder has coded the image elsewhere meanwhile, nothing
 * is written and that coding comes back as `newer`.
 * @throws UserError for an image that the sample does not have, a category that its codebook does not have, and an unknown variable
 */
export function recordCoding(
  study: Study,
  sample: Sample,
  { seen, ...given }: GivenCoding,
): { readonly added: Coding } | { readonly newer: Coding } {
  requireCodable(study, sample, [given]);
  return study.transaction(() => study.codings.add({ ...given, sampleId: sample.id }, seen), {
    onDisk: true,
  });
}

/** @throws UserError for the first coding that the sample cannot take */
export function requireCodable(
  study: Study,
  sample: Sample,
  given: readonly Pick<CodingSpec, "place" | "variable" | "answer" | "value">[],
): void {
  const size = study.samples.members(sample.id).length;
  const categories = new Set(categoriesOfSample(study, sample));
  for (const { place, variable, answer, value } of given) {
    if (!(Number.isInteger(place) && place >= 0 && place < size)) {
      throw new UserError(`sample "${sample.name}" has no image number ${place}`, {
        hint: "reload the page",
      });
    }
    if (variable !== categoryVariable) {
      throw new UserError(`sample "${sample.name}" has no variable "${variable}"`, {
        hint: `its only one is "${categoryVariable}"`,
      });
    }
    if (
      (answer === "category") !== (value !== undefined) ||
      (value !== undefined && !categories.has(value))
    ) {
      throw new UserError(`sample "${sample.name}" has no category ${JSON.stringify(value ?? "")}`, {
        hint: `choose one of ${[...categories].map((name) => `"${name}"`).join(", ")}`,
      });
    }
  }
}
