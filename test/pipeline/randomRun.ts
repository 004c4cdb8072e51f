import { createHash } from "node:crypto";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import sharp from "sharp";
import { normaliseRows } from "../../src/embeddings.ts";
import { classifierOfRun } from "../../src/pipeline/classifierOfRun.ts";
import { scoreRun } from "../../src/pipeline/scoreRun.ts";
import { seededRandom } from "../../src/seededRandom.ts";
import type { RunSpec } from "../../src/store/runStore.ts";
import { encoderRecord, runSpec } from "../store/runSpec.ts";
import { newStudy } from "./classifyInTest.ts";

const dim = 8;

/** Pictures of noise, the hardest to make small, all different: `count` PNG files. */
async function noisePictures(count: number, sidePx: number): Promise<readonly Buffer[]> {
  const random = seededRandom(4);
  const bytes = sidePx * sidePx * 3;
  const noise = Uint8Array.from({ length: bytes + count }, () => Math.floor(random() * 256));
  const raw = { width: sidePx, height: sidePx, channels: 3 } as const;
  return Promise.all(
    Array.from({ length: count }, (_, i) =>
      sharp(noise.subarray(i, i + bytes), { raw })
        .png({ compressionLevel: 0 })
        .toBuffer(),
    ),
  );
}

/**
 * A study with a complete run whose embeddings are random, its rows written straight into the store. Unit `i` shows
 * picture `i % pictures`; units from the `failed` last ones on have failed.
 */
export async function randomRun(spec: {
  readonly units: number;
  readonly pictures: number;
  readonly categories: number;
  readonly sidePx?: number;
  readonly failed?: number;
  /** Names of the categories, `Category 0` and so on unless given. */
  readonly names?: readonly string[];
  readonly changes?: Partial<RunSpec>;
}) {
  const { folder, study } = newStudy();
  const random = seededRandom(20_250_301);
  const unitVector = () =>
    normaliseRows(
      Float32Array.from({ length: dim }, () => random() - 0.5),
      dim,
    ).values;
  const categories = Array.from({ length: spec.categories }, (_, c) => ({
    name: spec.names?.[c] ?? `Category ${c}`,
    phrases: [`phrase ${c} a`, `phrase ${c} b`],
  }));
  const encoderId = study.embeddings.encoderId(encoderRecord);
  study.embeddings.saveTexts(
    encoderId,
    categories.flatMap(({ phrases }) => phrases).map((text) => [text, unitVector()] as const),
  );
  mkdirSync(join(folder, "pictures"));
  const images: { path: string; id: number }[] = [];
  const sidePx = spec.sidePx ?? 8;
  for (const [i, bytes] of (await noisePictures(spec.pictures, sidePx)).entries()) {
    const path = join(folder, "pictures", `${String(i).padStart(4, "0")}.png`);
    writeFileSync(path, bytes);
    const sha256 = createHash("sha256").update(bytes).digest();
    const size = { sizeBytes: bytes.length, widthPx: sidePx, heightPx: sidePx };
    images.push({ path, id: study.images.save({ sha256, ...size, format: "PNG", warning: undefined }) });
  }
  study.transaction(() => {
    for (const { id } of images) study.embeddings.save(encoderId, "center", [[id, unitVector()]]);
  });
  const failure = { code: "corrupt", sentence: "the PNG file is damaged" };
  /** Classifies the same units again, with other settings. */
  const addRun = async (changes: Partial<RunSpec> = {}) => {
    const run = runSpec(encoderId, {
      codebook: { title: "Random", templates: [], categories },
      logitScale: 4,
      ...spec.changes,
      ...changes,
    });
    const runId = study.runs.start(run);
    study.transaction(() => {
      for (let i = 0; i < spec.units; i++) {
        const { path, id } = images[i % images.length] as { path: string; id: number };
        const unit = { name: `pictures/${path.slice(-8)}#${i}`, path, rowNumber: i + 1 };
        const hasFailed = i >= spec.units - (spec.failed ?? 0);
        study.runs.addUnits(runId, i, [[unit, hasFailed ? { failure } : { imageId: id }]]);
      }
    });
    await scoreRun(study, runId, run, classifierOfRun(study, run));
    study.runs.complete(runId, "2025-03-01T10:05:00.000Z", 3);
    return study.runs.maybeGet(runId) as NonNullable<ReturnType<typeof study.runs.maybeGet>>;
  };
  return { folder, study, run: await addRun(), addRun };
}
