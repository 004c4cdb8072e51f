import { createHash } from "node:crypto";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { normaliseRows } from "../src/embeddings.ts";
import { safeSharp } from "../src/images/safeSharp.ts";
import type { Encoder } from "../src/model/openEncoder.ts";
import { openInputs } from "../src/pipeline/openInputs.ts";
import { seededRandom } from "../src/seededRandom.ts";
import { openStudy } from "../src/store/openStudy.ts";
import { writePictureSet } from "./pictureSet.ts";

const thumbnailPx = 48;
const perTransaction = 5000;

/**
 * Writes many small, different images: the pictures shrunk, over and over, each copy with bytes of its own.
 */
export async function writeSmallPictures(
  folder: string,
  pictures: readonly string[],
  count: number,
): Promise<void> {
  const shrunk = `${folder}-shrunk`;
  await mkdir(shrunk, { recursive: true });
  const small = await Promise.all(
    pictures.map(async (path, i) => {
      const bytes = await safeSharp(await readFile(path))
        .resize(thumbnailPx, thumbnailPx)
        .jpeg()
        .toBuffer();
      const file = join(shrunk, `${i}.jpg`);
      await writeFile(file, bytes);
      return file;
    }),
  );
  await writePictureSet(folder, small, count);
}

/**
 * A study in which every picture of a folder is known with a random embedding: as if it had been indexed, without the
 * hours. `dim` numbers each.
 */
export async function fillStudy(
  directory: string,
  folder: string,
  encoder: Encoder,
  dim: number,
): Promise<void> {
  const study = openStudy(directory);
  const inputs = await openInputs([folder]);
  const random = seededRandom(1);
  try {
    const { identity, family, precision, model } = encoder;
    const encoderId = study.embeddings.encoderId({ identity, family, precision, files: model.files });
    let batch: (() => void)[] = [];
    const save = () => {
      study.transaction(() => {
        for (const work of batch) work();
      });
      batch = [];
    };
    for await (const unit of inputs.units()) {
      if ("ignored" in unit) continue;
      const file = { path: unit.path, ...(await unit.fileState()) };
      const bytes = await unit.read();
      const vector = randomVector(dim, random);
      batch.push(() => {
        const id = study.images.save({
          sha256: createHash("sha256").update(bytes).digest(),
          sizeBytes: bytes.length,
          format: "jpeg",
          widthPx: thumbnailPx,
          heightPx: thumbnailPx,
          warning: undefined,
        });
        study.embeddings.save(encoderId, encoder.view, [[id, vector]]);
        study.images.saveFile(file, id);
      });
      if (batch.length === perTransaction) save();
    }
    save();
  } finally {
    study.close();
    await inputs.close();
  }
}

/** A vector of unit length in a random direction of the cube. `[dim]` */
function randomVector(dim: number, random: () => number): Float32Array {
  return normaliseRows(
    Float32Array.from({ length: dim }, () => random() - 0.5),
    dim,
  ).values;
}
