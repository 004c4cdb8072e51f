import { embeddingAt } from "../embeddings.ts";
import { defaultMaxPixels } from "../images/pixelLimit.ts";
import type { IgnoredFile, Unit } from "../images/unit.ts";
import type { View } from "../images/viewGeometry.ts";
import type { Encoder } from "../model/openEncoder.ts";
import type { Study } from "../store/openStudy.ts";
import type { UnitOutcome } from "../store/runStore.ts";
import { mapAhead } from "./mapAhead.ts";
import {
  findKnown,
  isSettled,
  type NewImage,
  type PreparedUnit,
  prepareUnit,
  type UnreadUnit,
} from "./prepareUnit.ts";

/** Pictures that go through the image tower at once unless told otherwise. */
export const defaultBatchSize = 16;

/** Files that are open at the same time at most, also with large batches: systems allow few. */
const mostFilesAtOnce = 32;

/** Units whose files are looked at side by side; that takes the system about a tenth of the time of one by one. */
const unitsPerLook = 256;

/** Units without new pictures cost little: so many of them make one transaction. */
const unitsPerTransaction = 4096;

/** How far an indexing has come. */
export interface IndexProgress {
  readonly units: number;
  /** Pictures that went through the image tower. */
  readonly embedded: number;
  readonly failed: number;
  readonly ignored: number;
}

/** Settings of `indexImages`. */
export interface IndexOptions {
  readonly encoderId: number;
  readonly view: View;
  readonly batchSize?: number;
  readonly maxPixels?: number;
  readonly signal?: AbortSignal;
  /** Called after every batch that was stored. */
  readonly onProgress?: (progress: IndexProgress) => void;
  /** Awaited before the first picture goes through the tower: what fails elsewhere must fail before hours of work. */
  readonly ready?: Promise<unknown>;
  /** Called for each file that is no picture. */
  readonly onIgnored?: (file: IgnoredFile) => void;
  /** Called in the same transaction that stores the units' images, in the units' order. */
  readonly onUnits: (units: readonly (readonly [unit: Unit, outcome: UnitOutcome])[]) => void;
  /** Milliseconds since 1970, to tell files that changed just now. */
  readonly now?: () => number;
}

/**
 * Finds the embedding of every unit's image, making those that the study lacks: find, hash, decode and view run ahead
 * while the image tower works on the batch before. Every batch is one transaction; the pixels in memory are those of the
 * batch in the tower and of the one that is being decoded.
 * @throws UserError when the study cannot be written; the signal's reason when aborted, finished batches stored
 */
export async function indexImages(
  study: Study,
  encoder: Encoder,
  units: AsyncIterable<Unit | IgnoredFile>,
  options: IndexOptions,
): Promise<IndexProgress> {
  const { encoderId, batchSize = defaultBatchSize, signal } = options;
  const context = {
    study,
    encoderId,
    view: encoder.viewSpec(options.view),
    maxPixels: options.maxPixels ?? defaultMaxPixels,
  };
  const progress = { units: 0, embedded: 0, failed: 0, ignored: 0 };
  // Awaited in its turn: its failure must not count as unhandled before that.
  options.ready?.catch(() => undefined);

  async function* lookedAt(): AsyncGenerator<PreparedUnit | UnreadUnit> {
    const group: Unit[] = [];
    const look = () => findKnown(group.splice(0), context);
    for await (const unit of units) {
      if (signal?.aborted) return;
      if ("ignored" in unit) {
        progress.ignored += 1;
        options.onIgnored?.(unit);
      } else group.push(unit);
      if (group.length < unitsPerLook) continue;
      for (const found of await look()) yield found;
    }
    for (const found of await look()) yield found;
  }

  const saveBatch = async (batch: readonly PreparedUnit[]): Promise<void> => {
    // By content: the batch before may have stored the same picture under another name meanwhile.
    const fresh = new Map<string, NewImage>();
    for (const prepared of batch) {
      if (prepared.kind !== "new") continue;
      const { sha256 } = prepared.image;
      const id = study.images.maybeIdOf(sha256);
      const stored = id !== undefined && study.embeddings.has(encoderId, options.view, id);
      if (!stored) fresh.set(sha256.toString("hex"), prepared.image);
    }
    const images = [...fresh.values()];
    if (images.length > 0) await options.ready;
    const vectors =
      images.length > 0 ? await encoder.embedViews(images.map(({ rendered }) => rendered.pixels)) : undefined;
    study.transaction(() => {
      images.forEach((image, i) => {
        const { format, widthPx, heightPx, warning } = image.rendered;
        const id = study.images.save({ ...image, format, widthPx, heightPx, warning });
        if (vectors) study.embeddings.save(encoderId, options.view, [[id, embeddingAt(vectors, i)]]);
      });
      const now = (options.now ?? Date.now)();
      options.onUnits(batch.map((prepared) => [prepared.unit, saveUnit(study, prepared, now)]));
    });
    progress.units += batch.length;
    progress.failed += batch.filter(({ kind }) => kind === "failed").length;
    progress.embedded += images.length;
    options.onProgress?.({ ...progress });
  };

  let batch: PreparedUnit[] = [];
  let newInBatch = 0;
  let saving: Promise<void> = Promise.resolve();
  // What is being decoded and what is decoded already make one batch together.
  const room = () => Math.min(batchSize - newInBatch, mostFilesAtOnce);
  const prepare = (found: PreparedUnit | UnreadUnit) =>
    found.kind === "unread" ? prepareUnit(found, context) : found;
  try {
    for await (const prepared of mapAhead(lookedAt(), room, prepare)) {
      batch.push(prepared);
      if (prepared.kind === "new") newInBatch += 1;
      if (newInBatch < batchSize && batch.length < unitsPerTransaction) continue;
      await saving;
      if (signal?.aborted) break;
      saving = saveBatch(batch);
      // As above.
      saving.catch(() => undefined);
      batch = [];
      newInBatch = 0;
    }
  } finally {
    await saving;
  }
  signal?.throwIfAborted();
  await saveBatch(batch);
  return progress;
}

function saveUnit(study: Study, prepared: PreparedUnit, nowMs: number): UnitOutcome {
  if (prepared.kind === "failed") {
    return { failure: { code: prepared.failure.code, sentence: prepared.failure.message } };
  }
  const imageId =
    prepared.kind === "known" ? prepared.imageId : (study.images.maybeIdOf(prepared.image.sha256) as number);
  if (prepared.file && isSettled(prepared.file, nowMs)) study.images.saveFile(prepared.file, imageId);
  return { imageId };
}
