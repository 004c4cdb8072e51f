import { foldCase } from "../../codebook/foldCase.ts";
import { UserError } from "../../errors.ts";
import type { Study } from "../../store/openStudy.ts";
import type { Sample, SampleCoder } from "../../store/sampleStore.ts";
import { standingCodings } from "./standingCodings.ts";

/**
 * An adjudicator sees what the coders said, and whoever codes must not: somebody of both roles codes first. Names that differ in letter
 * case only are one person's.
 * @throws UserError for an adjudicator who is a coder of the same sample with images to code
 */
export function requireDoneCoding(study: Study, sample: Sample, { coder, role }: SampleCoder): void {
  if (role !== "adjudicator") return;
  const name = foldCase(coder);
  const own = study.samples
    .coders(sample.id)
    .filter((other) => other.role === "coder" && foldCase(other.coder) === name);
  if (own.length === 0) return;
  const size = study.samples.imageIds(sample.id).length;
  const codings = standingCodings(study, sample);
  for (const { coder: twin } of own) {
    const coded = codings.filter((coding) => coding.role === "coder" && coding.coder === twin).length;
    if (coded === size) continue;
    throw new UserError(
      `${twin} is a coder of sample "${sample.name}", too, and has not coded ${size - coded} of its ${size} images yet`,
      { hint: "finish coding first, by the coder's own link: adjudication shows what the others said" },
    );
  }
}
