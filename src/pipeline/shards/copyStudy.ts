import { setImmediate as nextTurn } from "node:timers/promises";
import { damagedEmbedding } from "../../store/damagedEmbedding.ts";
import type { MergedVector } from "../../store/mergeStore.ts";
import type { MergeSource } from "../../store/openMergeSource.ts";
import type { Study } from "../../store/openStudy.ts";

/** What of a study went into another. */
export interface CopyCounts {
  images: number;
  newImages: number;
  newEmbeddings: number;
  /** Embeddings that both studies had, with other numbers: two processors may round differently. */
  differing: number;
  files: number;
}

/** How to copy. */
export interface CopyOptions {
  readonly signal?: AbortSignal | undefined;
  /** Called after every transaction. */
  readonly onProgress?: ((counts: Readonly<CopyCounts>) => void) | undefined;
}

/** Images of one transaction, whose vectors are in memory together: 2 to 4 MB. */
const imagesAtOnce = 1024;

/** Rows without vectors cost less. */
const filesAtOnce = 8192;

/** How far from 1 a stored vector's length may be: float32 in models of any size stays below a thousandth of it. */
const lengthTolerance = 0.01;

/**
 * Copies the images, embeddings and files of a study into another, in transactions of bounded size. Doing it again, or after
 * it was cut off, changes nothing that is there. The target's lock is the caller's.
 * @throws UserError when the source is damaged or the target cannot be written; the signal's reason when aborted
 */
export async function copyStudy(
  source: MergeSource,
  target: Study,
  { signal, onProgress }: CopyOptions = {},
): Promise<CopyCounts> {
  const counts: CopyCounts = { images: 0, newImages: 0, newEmbeddings: 0, differing: 0, files: 0 };
  const encoders = source.encoders();
  const encoderIds = target.transaction(
    () => new Map(encoders.map((encoder) => [encoder.id, target.embeddings.encoderId(encoder)])),
  );
  const count = (outcome: MergedVector) => {
    if (outcome === "new") counts.newEmbeddings += 1;
    if (outcome === "differs") counts.differing += 1;
  };
  const step = async () => {
    onProgress?.(counts);
    await nextTurn();
    signal?.throwIfAborted();
  };
  const requireWhole = vectorCheck(source.shown);
  const embedded = source.embedded();
  for (let after = 0; ; ) {
    const images = source.images(after, imagesAtOnce);
    const [first, last] = [images[0], images.at(-1)];
    if (first === undefined || last === undefined) break;
    const vectors = embedded.map((of) => ({
      ...of,
      rows: source.vectors(of.encoderId, of.view, first.id, last.id),
    }));
    target.transaction(() => {
      const ids = new Map<number, number>();
      for (const image of images) {
        const known = target.images.maybeIdOf(image.sha256);
        ids.set(image.id, known ?? target.images.save(image));
        if (known === undefined) counts.newImages += 1;
      }
      for (const { encoderId, view, rows } of vectors) {
        for (const { imageId, vector } of rows) {
          requireWhole(encoderId, vector, `image ${imageId}`);
          const [encoder, image] = [encoderIds.get(encoderId) as number, ids.get(imageId) as number];
          count(target.merging.saveVector(encoder, view, image, vector));
        }
      }
    });
    counts.images += images.length;
    after = last.id;
    await step();
  }
  for (const { id } of encoders) {
    for (let after = ""; ; ) {
      const texts = source.texts(id, after, imagesAtOnce);
      const last = texts.at(-1);
      if (last === undefined) break;
      target.transaction(() => {
        for (const { text, vector } of texts) {
          requireWhole(id, vector, `the phrase "${text}"`);
          target.merging.saveText(encoderIds.get(id) as number, text, vector);
        }
      });
      after = last.text;
      await step();
    }
  }
  for (let after = ""; ; ) {
    const files = source.files(after, filesAtOnce);
    const last = files.at(-1);
    if (last === undefined) break;
    target.transaction(() => {
      for (const { sha256, ...file } of files) if (target.merging.saveFile(file, sha256)) counts.files += 1;
    });
    after = last.path;
    await step();
  }
  return counts;
}

/** SQLite has no checksums: what a disk did to a vector shows in its length. */
function vectorCheck(shown: string) {
  const bytesOf = new Map<number, number>();
  return (encoderId: number, vector: Uint8Array, whose: string): void => {
    const expected = bytesOf.get(encoderId) ?? vector.byteLength;
    bytesOf.set(encoderId, expected);
    const isWhole =
      vector.byteLength === expected &&
      vector.byteLength > 0 &&
      vector.byteLength % Float32Array.BYTES_PER_ELEMENT === 0 &&
      Math.abs(squaredLength(vector) - 1) <= lengthTolerance;
    if (!isWhole) throw damagedEmbedding(whose, shown);
  };
}

function squaredLength(vector: Uint8Array): number {
  // A Float32Array begins at multiples of four only, SQLite's blobs anywhere.
  const values = new Float32Array(vector.slice().buffer);
  let sum = 0;
  for (const value of values) sum += value * value;
  return sum;
}
