import { onTestFinished } from "vitest";
import { seededRandom } from "../../src/seededRandom.ts";
import { openStudy } from "../../src/store/openStudy.ts";
import type { Run } from "../../src/store/runStore.ts";
import { encoderRecord, runSpec, saveImage } from "../store/runSpec.ts";
import { temporaryFolder } from "../temporaryFolder.ts";

/** What a test may set of a run without pictures. */
export interface PlainRunSpec {
  /** Units of each category. */
  readonly sizes: readonly number[];
  readonly names?: readonly string[];
  readonly phrases?: readonly string[];
  /** Of each category, in the codebook. */
  readonly examples?: readonly (readonly string[])[];
  readonly unitName?: (position: number) => string;
  /** So many units show each image. */
  readonly unitsPerImage?: number;
  /** Units without an image, at the end. */
  readonly failed?: number;
}

/**
 * A study with a complete run whose rows are written straight into the store: no pictures, no embeddings. The categories' units are
 * mixed, probabilities and margins seeded.
 */
export function plainRun(spec: PlainRunSpec) {
  const { sizes, names, phrases, examples, unitName, unitsPerImage = 1, failed = 0 } = spec;
  const folder = temporaryFolder();
  const study = openStudy(folder);
  onTestFinished(() => study.close());
  const categories = sizes.map((_, c) => ({
    name: names?.[c] ?? `Category ${c}`,
    phrases: [phrases?.[c] ?? `phrase ${c}`],
    ...(examples?.[c] !== undefined && { examples: examples[c] }),
  }));
  const encoderId = study.embeddings.encoderId(encoderRecord);
  const runId = study.runs.start(runSpec(encoderId, { codebook: { title: "", templates: [], categories } }));
  const random = seededRandom(3);
  const units = sizes
    .flatMap((size, category) => Array.from({ length: size }, () => ({ category, order: random() })))
    .sort((a, b) => a.order - b.order);
  const images = new Map<number, number[]>();
  study.transaction(() => {
    units.forEach(({ category }, position) => {
      const ofCategory = images.get(category) ?? [];
      images.set(category, ofCategory);
      const repeated = ofCategory.length % unitsPerImage === 0 ? undefined : ofCategory.at(-1);
      const imageId = repeated ?? saveImage(study, position);
      ofCategory.push(imageId);
      const name = unitName?.(position) ?? `pictures/${position}.jpg`;
      const unit = { name, path: `/${name}`, rowNumber: 0 };
      study.runs.addUnits(runId, position, [[unit, { imageId }]]);
      // The same image has the same prediction.
      const probability = 0.5 + seededRandom(imageId)() / 2;
      study.runs.savePrediction(runId, position, {
        category,
        phrase: category,
        probability,
        runnerUp:
          sizes.length === 1
            ? undefined
            : { category: (category + 1) % sizes.length, phrase: 0, probability: probability / 3 },
      });
    });
    for (let position = units.length; position < units.length + failed; position++) {
      const unit = { name: `${position}.jpg`, path: `/${position}.jpg`, rowNumber: 0 };
      const failure = { code: "corrupt", sentence: "the file is damaged" };
      study.runs.addUnits(runId, position, [[unit, { failure }]]);
    }
  });
  study.runs.complete(runId, "2025-03-01T10:05:00.000Z", 0);
  return { folder, study, run: study.runs.maybeGet(runId) as Run };
}
