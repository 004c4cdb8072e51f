import { createHash } from "node:crypto";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import sharp from "sharp";
import { normaliseRows } from "../../src/embeddings.ts";
import { seededRandom } from "../../src/seededRandom.ts";
import { openStudy } from "../../src/store/openStudy.ts";
import { encoderRecord, runSpec } from "../store/runSpec.ts";

const perTransaction = 5000;
const pictures = 10;

/**
 * Makes a study with a run of very many units that show ten pictures in turn, its answers drawn at random and written straight
 * into the store. Unit `i` is called `many/0000012.png`.
 */
export async function makeLargeStudy(folder: string, count: number): Promise<void> {
  const study = openStudy(folder);
  const random = seededRandom(3);
  const categories = ["Trees", "Houses", "People", "Ships"].map((name) => ({
    name,
    phrases: [`a photo of ${name}`, `a drawing of ${name}`],
  }));
  const encoderId = study.embeddings.encoderId(encoderRecord);
  const unitVector = () =>
    normaliseRows(
      Float32Array.from({ length: 8 }, () => random() - 0.5),
      8,
    ).values;
  const phrases = categories.flatMap((category) => category.phrases);
  study.embeddings.saveTexts(
    encoderId,
    phrases.map((text) => [text, unitVector()] as const),
  );
  const images: { readonly path: string; readonly imageId: number }[] = [];
  mkdirSync(join(folder, "many"));
  for (let i = 0; i < pictures; i++) {
    const background = `hsl(${i * 36}, 60%, 50%)`;
    const bytes = await sharp({ create: { width: 120 + i * 10, height: 160, channels: 3, background } })
      .png()
      .toBuffer();
    const path = join(folder, "many", `${i}.png`);
    writeFileSync(path, bytes);
    const imageId = study.images.save({
      sha256: createHash("sha256").update(bytes).digest(),
      sizeBytes: bytes.length,
      format: "PNG",
      widthPx: 120 + i * 10,
      heightPx: 160,
      warning: undefined,
    });
    study.embeddings.save(encoderId, "center", [[imageId, unitVector()]]);
    images.push({ path, imageId });
  }
  const runId = study.runs.start(
    runSpec(encoderId, { codebook: { title: "Many", templates: [], categories } }),
  );
  for (let from = 0; from < count; from += perTransaction) {
    study.transaction(() => {
      const positions = Array.from({ length: Math.min(perTransaction, count - from) }, (_, i) => from + i);
      study.runs.addUnits(
        runId,
        from,
        positions.map((position) => {
          const { path, imageId } = images[position % pictures] as (typeof images)[number];
          const name = `many/${String(position).padStart(7, "0")}.png`;
          return [{ name, path, rowNumber: position + 1 }, { imageId }] as const;
        }),
      );
      for (const position of positions) {
        const category = Math.floor(random() ** 2 * categories.length);
        const probability = 0.3 + 0.7 * random();
        const runnerUp = {
          category: (category + 1) % categories.length,
          phrase: 2 * ((category + 1) % categories.length),
          probability: (1 - probability) * random(),
        };
        const phrase = 2 * category + Math.floor(random() * 2);
        study.runs.savePrediction(runId, position, { category, phrase, probability, runnerUp });
      }
    });
  }
  study.runs.complete(runId, "2025-03-01T10:05:00.000Z", 0);
  study.close();
}
