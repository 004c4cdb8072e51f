import { type Embeddings, embeddingAt } from "../embeddings.ts";
import type { Budget } from "../images/budget.ts";
import type { Decoders } from "../images/decoding/openDecoders.ts";
import { sharedDecoders } from "../images/decoding/sharedDecoders.ts";
import { defaultMaxPixels } from "../images/pixelLimit.ts";
import type { IgnoredFile, Unit } from "../images/unit.ts";
import type { View } from "../images/viewGeometry.ts";
import type { Encoder } from "../model/openEncoder.ts";
import type { Study } from "../store/openStudy.ts";
import type { UnitOutcome } from "../store/runStore.ts";
import type { PauseGate } from "./indexing/pauseGate.ts";
import { mapAhead } from "./mapAhead.ts";
import { findKnown, type NewImage, type PreparedUnit, prepareUnit, type UnreadUnit } from "./prepareUnit.ts";
import { openViewPool } from "./viewPool.ts";

/** Pictures that are in the image tower, or have come from it and are not stored yet, at most unless told otherwise. */
export const defaultBatchSize = 16;

/** Files that are open at the same time at most, also with large batches: systems allow few. */
const mostFilesAtOnce = 32;

/** Units whose files are looked at side by side; that takes the system about a tenth of the time of one by one. */
const unitsPerLook = 256;

/** Units whose files are known cost little: so many of them make one transaction. */
const unitsPerTransaction = 4096;

/** Files that were read and hashed, and turned out to be known or no picture, cost more: so many are lost by a kill at most. */
const mostReadFiles = 64;

/** How far an indexing has come. */
export interface IndexProgress {
  readonly units: number;
  /** Pictures that went through the image tower. */
  readonly embedded: number;
  readonly failed: number;
  readonly ignored: number;
  /** Units besides `units` that only wait for one before them, whose image is with a worker. */
  readonly waiting?: number;
}

/** Settings of `indexImages`. */
export interface IndexOptions {
  readonly encoderId: number;
  readonly view: View;
  readonly batchSize?: number;
  readonly maxPixels?: number;
  /** By default the process's own. */
  readonly decoders?: Decoders;
  /** Bytes of files that are in memory at the same time; by default the process's own, of 500 MB. */
  readonly fileBudget?: Budget;
  /** Aborted, it ends what is being decoded at once; what is in the tower is finished. */
  readonly signal?: AbortSignal;
  /** Called after every batch that was stored. */
  readonly onProgress?: (progress: IndexProgress) => void;
  /** Where the user can make it pause: while it is closed, what was in the tower is stored and nothing new enters. */
  readonly gate?: PauseGate;
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
 * while the image tower works on the batch before. A batch goes through the tower in two parts, each of them one
 * transaction: while one is stored the tower has the other to work on. The pixels in memory are those of the batch in
 * the tower and of the one that is being decoded.
 * @throws UserError when the study cannot be written; the signal's reason when aborted, finished batches stored
 */
export async function indexImages(
  study: Study,
  encoder: Encoder,
  units: AsyncIterable<Unit | IgnoredFile>,
  options: IndexOptions,
): Promise<IndexProgress> {
  const { encoderId, batchSize = defaultBatchSize, signal } = options;
  const pool = openViewPool();
  const context = {
    study,
    encoderId,
    pool,
    now: options.now ?? Date.now,
    view: encoder.viewSpec(options.view),
    maxPixels: options.maxPixels ?? defaultMaxPixels,
    decoders: options.decoders ?? sharedDecoders(),
    turn: { budget: options.fileBudget, signal },
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

  // Content on its way through the tower: no second file that shows it goes there, too.
  const entered = new Set<string>();
  const embedPart = async (part: readonly PreparedUnit[], before: Promise<void>): Promise<void> => {
    const fresh = new Map<string, NewImage>();
    for (const prepared of part) {
      if (prepared.kind !== "new") continue;
      const { sha256 } = prepared.image;
      const key = sha256.toString("hex");
      const id = study.images.maybeIdOf(sha256);
      const stored = id !== undefined && study.embeddings.has(encoderId, options.view, id);
      if (!stored && !entered.has(key)) fresh.set(key, prepared.image);
    }
    for (const key of fresh.keys()) entered.add(key);
    const images = [...fresh.values()];
    let vectors: Embeddings | undefined;
    try {
      if (images.length > 0) {
        await options.ready;
        vectors = await encoder.embedViews(images.map(({ rendered }) => rendered.pixels));
      }
    } finally {
      // In the units' order; and where this part fails, the one before is stored all the same.
      await before;
    }
    study.transaction(() => {
      images.forEach((image, i) => {
        const { format, widthPx, heightPx, warning } = image.rendered;
        const id = study.images.save({ ...image, format, widthPx, heightPx, warning });
        if (vectors) study.embeddings.save(encoderId, options.view, [[id, embeddingAt(vectors, i)]]);
      });
      options.onUnits(part.map((prepared) => [prepared.unit, saveUnit(study, prepared)]));
    });
    for (const key of fresh.keys()) entered.delete(key);
    for (const prepared of part) if (prepared.kind === "new") pool.release(prepared.image.rendered.pixels);
    progress.units += part.length;
    progress.failed += part.filter(({ kind }) => kind === "failed").length;
    progress.embedded += images.length;
    options.onProgress?.({ ...progress });
  };

  const partSize = Math.max(1, Math.floor(batchSize / 2));
  const mostParts = Math.min(2, batchSize);
  const underWay: Promise<void>[] = [];
  let last: Promise<void> = Promise.resolve();
  let part: PreparedUnit[] = [];
  let newInPart = 0;
  let readInPart = 0;
  const enter = () => {
    last = embedPart(part, last);
    // Awaited in its turn, as above.
    last.catch(() => undefined);
    underWay.push(last);
    part = [];
    newInPart = 0;
    readInPart = 0;
  };
  const pauseAtGate = async () => {
    if (!options.gate?.isClosed()) return;
    await last;
    await options.gate.pass(signal);
  };
  // What is being decoded and what is decoded already make one batch together.
  const room = () => Math.min(batchSize - newInPart, mostFilesAtOnce);
  const isFull = () =>
    newInPart >= partSize || readInPart >= mostReadFiles || part.length >= unitsPerTransaction;
  const prepare = (found: PreparedUnit | UnreadUnit) => {
    if (found.kind !== "unread") return { prepared: found, wasRead: false };
    return prepareUnit(found, context).then((prepared) => ({ prepared, wasRead: true }));
  };
  try {
    for await (const { prepared, wasRead } of mapAhead(lookedAt(), room, prepare)) {
      part.push(prepared);
      if (prepared.kind === "new") newInPart += 1;
      else if (wasRead) readInPart += 1;
      if (!isFull()) continue;
      if (underWay.length >= mostParts) await underWay.shift();
      if (signal?.aborted) break;
      enter();
      await pauseAtGate();
    }
  } finally {
    await last;
  }
  signal?.throwIfAborted();
  enter();
  await last;
  await pauseAtGate();
  return progress;
}

function saveUnit(study: Study, prepared: PreparedUnit): UnitOutcome {
  if (prepared.kind === "failed") {
    return { failure: { code: prepared.failure.code, sentence: prepared.failure.message } };
  }
  const imageId =
    prepared.kind === "known" ? prepared.imageId : (study.images.maybeIdOf(prepared.image.sha256) as number);
  if (prepared.file) study.images.saveFile(prepared.file, imageId);
  return { imageId };
}
