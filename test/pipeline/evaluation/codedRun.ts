import { recordCoding } from "../../../src/pipeline/samples/recordCoding.ts";
import type { Study } from "../../../src/store/openStudy.ts";
import type { Run } from "../../../src/store/runStore.ts";
import type { Sample } from "../../../src/store/sampleStore.ts";

/** What somebody says of an image of a sample: a category's index, an answer without one, or nothing. */
export type TestCode = number | "unsure" | "uncodable" | undefined;

/** Records what each coder says of each image. @param codeOf by the image's place and what the run predicts for it */
export function codeSample(
  study: Study,
  run: Run,
  sample: Sample,
  coders: Readonly<Record<string, (place: number, predicted: number) => TestCode>>,
  role: "coder" | "adjudicator" = "coder",
): void {
  const names = run.codebook.categories.map(({ name }) => name);
  for (const { place, position } of study.samples.members(sample.id)) {
    const predicted = study.runs.row(run.id, position).prediction?.category as number;
    for (const [coder, codeOf] of Object.entries(coders)) {
      const code = codeOf(place, predicted);
      if (code === undefined) continue;
      recordCoding(study, sample, {
        place,
        coder,
        role,
        variable: "category",
        answer: typeof code === "number" ? "category" : code,
        value: typeof code === "number" ? names[code] : undefined,
        note: "",
        seconds: 3,
        source: "screen",
        codedAt: "2026-05-02T09:00:00.000Z",
        seen: 0,
      });
    }
  }
}
