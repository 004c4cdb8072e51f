import { onTestFinished } from "vitest";
import type { Codebook } from "../../../src/codebook/codebook.ts";
import { normaliseRows } from "../../../src/embeddings.ts";
import { classifierOfRun } from "../../../src/pipeline/classifierOfRun.ts";
import { type DiagnoseSpec, diagnoseRun } from "../../../src/pipeline/diagnostics/diagnoseRun.ts";
import { openPhraseEncoder } from "../../../src/pipeline/phraseEncoder.ts";
import { openRunVectors } from "../../../src/pipeline/runVectors.ts";
import { recordCoding } from "../../../src/pipeline/samples/recordCoding.ts";
import { scoreRun } from "../../../src/pipeline/scoreRun.ts";
import type { Run, RunSpec } from "../../../src/store/runStore.ts";
import type { Sample } from "../../../src/store/sampleStore.ts";
import { encoderRecord, runSpec, saveImage } from "../../store/runSpec.ts";
import { newStudy } from "../classifyInTest.ts";

/** What a study of known vectors is made of. */
export interface KnownStudySpec {
  /** Of any length. `[n, dim]` */
  readonly images: readonly (readonly number[])[];
  readonly codebook: Codebook;
  /** The embedding of a text that the tower would read, of any length. `[dim]` */
  readonly vectorOf: (text: string) => readonly number[];
  /** Texts that are stored beside the phrases, such as phrases in templates. */
  readonly moreTexts?: readonly string[];
  /** Units without an image, at the end. */
  readonly failed?: number;
  readonly changes?: Partial<RunSpec>;
}

/** A study with a run whose embeddings are told: no pictures, no model. */
export async function knownStudy({ images, codebook, vectorOf, ...spec }: KnownStudySpec) {
  const { folder, study } = newStudy();
  const dim = images[0]?.length ?? vectorOf(codebook.categories[0]?.phrases[0] ?? "").length;
  const unit = (vector: readonly number[]) => normaliseRows(Float32Array.from(vector), dim).values;
  const encoderId = study.embeddings.encoderId(encoderRecord);
  const texts = new Set([
    ...codebook.categories.flatMap(({ phrases }) => phrases),
    ...(spec.moreTexts ?? []),
  ]);
  study.embeddings.saveTexts(
    encoderId,
    [...texts].map((text) => [text, unit(vectorOf(text))] as const),
  );
  const record = runSpec(encoderId, { codebook, ...spec.changes });
  const runId = study.runs.start(record);
  study.transaction(() => {
    images.forEach((vector, i) => {
      const imageId = saveImage(study, i);
      study.embeddings.save(encoderId, "center", [[imageId, unit(vector)]]);
      const name = `${i}.jpg`;
      study.runs.addUnits(runId, i, [[{ name, path: `/${name}`, rowNumber: 0 }, { imageId }]]);
    });
    for (let i = images.length; i < images.length + (spec.failed ?? 0); i++) {
      const failure = { code: "corrupt", sentence: "the file is damaged" };
      study.runs.addUnits(runId, i, [[{ name: `${i}.jpg`, path: `/${i}.jpg`, rowNumber: 0 }, { failure }]]);
    }
  });
  const complete = async (id: number, ofRun: RunSpec) => {
    await scoreRun(study, id, ofRun, classifierOfRun(study, ofRun));
    study.runs.complete(id, "2025-03-01T10:05:00.000Z", 0);
    return study.runs.maybeGet(id) as Run;
  };
  const run = await complete(runId, record);
  const phraseEncoder = openPhraseEncoder(study);
  onTestFinished(() => phraseEncoder.close());
  const runVectors = openRunVectors(study);
  return {
    folder,
    study,
    run,
    runVectors,
    phraseEncoder,
    diagnose: (options: Partial<DiagnoseSpec> = {}) =>
      diagnoseRun({
        study,
        run,
        runVectors,
        phraseEncoder,
        templates: false,
        now: "2026-06-01T08:00:00.000Z",
        ...options,
      }),
    /** The same units classified again, with other settings. */
    runAgain: async (changes: Partial<RunSpec>) => {
      const again = { ...record, ...changes };
      const id = study.runs.start(again);
      study.runs.copyUnits(id, runId, 0, Number.MAX_SAFE_INTEGER);
      return complete(id, again);
    },
    /** One coder codes every image of a sample. */
    code: (sample: Sample, categoryOf: (position: number) => string) => {
      for (const { place, position } of study.samples.members(sample.id)) {
        recordCoding(study, sample, {
          place,
          coder: "Ada",
          role: "coder",
          variable: "category",
          answer: "category",
          value: categoryOf(position),
          note: "",
          seconds: undefined,
          source: "screen",
          codedAt: "2026-05-02T08:00:00.000Z",
          seen: 0,
        });
      }
    },
  };
}
