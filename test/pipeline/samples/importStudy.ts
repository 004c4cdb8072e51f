import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { UserError } from "../../../src/errors.ts";
import { digestOfSample } from "../../../src/pipeline/samples/digestOfSample.ts";
import { type ImportCodingsOptions, importCodings } from "../../../src/pipeline/samples/importCodings.ts";
import {
  type CodingsContent,
  codingsFileText,
  type OfflineCoding,
} from "../../../src/validation/codingsFile.ts";
import { plainRun } from "../plainRun.ts";
import { plainSample } from "./plainSample.ts";

/** When the files are imported. */
export const now = "2026-06-01T12:00:00.000Z";

/** A study with a sample of four images of each category, and what a test does with files of codings. */
export function importStudy(names: readonly string[] = ["Trees", "Houses"]) {
  const { folder, study, run } = plainRun({
    sizes: names.map(() => 20),
    names,
    unitsPerImage: 2,
    unitName: (position) => `pictures/${position}, "x".jpg`,
  });
  const sample = plainSample(study, run, { perCategory: 4 });
  const members = study.samples.members(sample.id);
  let files = 0;
  const write = (ending: string, text: string | Buffer) => {
    files += 1;
    const path = join(folder, `file-${files}${ending}`);
    writeFileSync(path, text);
    return path;
  };
  const importing = (paths: string | readonly string[], options: Partial<ImportCodingsOptions> = {}) =>
    importCodings(study, sample, typeof paths === "string" ? [paths] : paths, { now, ...options });
  return {
    study,
    run,
    sample,
    members,
    write,
    importing,
    refused: (paths: string | readonly string[], options?: Partial<ImportCodingsOptions>) =>
      importing(paths, options).then(
        () => "imported",
        (error: UserError) => `${error.message} | ${error.hint}`,
      ),
    sha: (place: number) => members[place]?.sha256 as string,
    name: (place: number) => members[place]?.name as string,
    offline: (codings: readonly Partial<OfflineCoding>[], changes: Partial<CodingsContent> = {}) =>
      codingsFileText({
        sample: sample.name,
        sampleDigest: digestOfSample(study, sample),
        coder: "Anna",
        exportedAt: now,
        codings: codings.map((coding, index) => ({
          image: members[index]?.sha256 as string,
          answer: "category",
          value: coding.answer === undefined ? "Trees" : null,
          note: "",
          seconds: 2.5,
          codedAt: `2026-05-02T09:00:0${index}.000Z`,
          ...coding,
        })),
        ...changes,
      }),
    stored: () =>
      study.codings
        .history(sample.id)
        .map(({ place, coder, answer, value, source }) => [place, coder, value ?? answer, source]),
    coders: () => study.samples.coders(sample.id).map(({ coder, role }) => `${coder} ${role}`),
  };
}
