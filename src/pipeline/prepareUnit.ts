import { createHash } from "node:crypto";
import type { Decoders } from "../images/decoding/openDecoders.ts";
import { ImageFailure } from "../images/imageFailure.ts";
import { requirePixels } from "../images/pixelLimit.ts";
import type { Unit } from "../images/unit.ts";
import type { RenderedView, ViewSpec } from "../images/viewSpec.ts";
import { type FileTurn, withFileBytes } from "../images/withFileBytes.ts";
import type { FileState } from "../store/imageStore.ts";
import type { Study } from "../store/openStudy.ts";
import type { ViewPool } from "./viewPool.ts";

/** A unit that was looked at, and read where it was not known. */
export type ReadUnit<Image> =
  | { readonly kind: "failed"; readonly unit: Unit; readonly failure: ImageFailure }
  /** Its image and embedding are stored. */
  | {
      readonly kind: "known";
      readonly unit: Unit;
      readonly imageId: number;
      /** What is to be remembered of its file: nothing of a known one, nor of one whose next change could go unnoticed. */
      readonly file: FileState | undefined;
    }
  | {
      readonly kind: "new";
      readonly unit: Unit;
      readonly file: FileState | undefined;
      readonly image: Image;
    };

/** A unit on its way into the store. */
export type PreparedUnit = ReadUnit<NewImage>;

/** A unit whose file is not known, or has changed since. */
export interface UnreadUnit {
  readonly kind: "unread";
  readonly unit: Unit;
  readonly file: FileState;
}

/** A picture that has no embedding for this encoder and view yet. */
export interface NewImage {
  readonly sha256: Buffer;
  readonly sizeBytes: number;
  /** Its pixels are held by the pool. */
  readonly rendered: RenderedView;
}

/** What looking at units needs besides them. */
export interface LookContext {
  readonly study: Study;
  readonly encoderId: number;
  readonly view: ViewSpec;
  readonly maxPixels: number;
}

/** What reading needs besides the unit. */
export interface ReadContext extends LookContext {
  /** Milliseconds since 1970, to tell files that changed just now. */
  readonly now: () => number;
  /** When a file may be read. */
  readonly turn: FileTurn;
}

/** What preparing needs besides the unit. */
export interface PrepareContext extends ReadContext {
  readonly decoders: Decoders;
  /** Where the pixels of new pictures are held until they went through the tower. */
  readonly pool: ViewPool;
}

/** A file changed this short a time ago may change again without a new modification time. */
const settledAfterNs = 2_000_000_000n;

/** Tells units whose unchanged files are known from those that have to be read. Errors other than a unit's are thrown. */
export async function findKnown(
  units: readonly Unit[],
  { study, encoderId, view, maxPixels }: LookContext,
): Promise<readonly (ReadUnit<never> | UnreadUnit)[]> {
  const looked = await Promise.all(units.map(lookAt));
  const files = looked.flatMap((found) => (found.kind === "unread" ? [found.file] : []));
  const images = study.images.embeddedOfFiles(encoderId, view.view, files).values();
  return looked.map((found) => {
    if (found.kind !== "unread") return found;
    const image = images.next().value;
    if (image === undefined) return found;
    try {
      // A limit holds for pictures that were embedded under another one, too.
      requirePixels(image.widthPx, image.heightPx, maxPixels);
      return { kind: "known", unit: found.unit, imageId: image.id, file: undefined };
    } catch (error) {
      return failedOrThrow(found.unit, error);
    }
  });
}

async function lookAt(unit: Unit): Promise<ReadUnit<never> | UnreadUnit> {
  try {
    return { kind: "unread", unit, file: { path: unit.path, ...(await unit.fileState()) } };
  } catch (error) {
    return failedOrThrow(unit, error);
  }
}

/**
 * Reads, hashes and decodes a unit; a known image is not decoded.
 * @throws errors other than the unit's; the signal's reason when aborted
 */
export function prepareUnit(found: UnreadUnit, context: PrepareContext): Promise<PreparedUnit> {
  const { decoders, pool, view, maxPixels, turn } = context;
  return readUnit(found, context, async (bytes, sha256) => {
    const decoded = await decoders.view(bytes, view, { maxPixels, signal: turn.signal });
    return { sha256, sizeBytes: bytes.length, rendered: { ...decoded, pixels: pool.hold(decoded.pixels) } };
  });
}

/**
 * Reads and hashes a unit, and makes something of an image that is not known.
 * @throws errors other than the unit's, and what `make` throws but an ImageFailure; the signal's reason when aborted
 */
export async function readUnit<Image>(
  { unit }: UnreadUnit,
  context: ReadContext,
  make: (bytes: Buffer, sha256: Buffer) => Promise<Image>,
): Promise<ReadUnit<Image>> {
  const { study, encoderId, view, maxPixels, now, turn } = context;
  const knownOrMade = async (bytes: Buffer) => {
    const sha256 = createHash("sha256").update(bytes).digest();
    const imageId = study.images.maybeIdOf(sha256);
    if (imageId !== undefined && study.embeddings.has(encoderId, view.view, imageId)) {
      const { widthPx, heightPx } = study.images.get(imageId);
      requirePixels(widthPx, heightPx, maxPixels);
      return { kind: "known", imageId } as const;
    }
    return { kind: "new", image: await make(bytes, sha256) } as const;
  };
  try {
    // Again: since it was looked up among many others it may have become another one.
    const state: FileState = { path: unit.path, ...(await unit.fileState()) };
    const file = isSettled(state, now()) ? state : undefined;
    const found = await withFileBytes(unit, state.sizeBytes, knownOrMade, turn);
    return { ...found, unit, file };
  } catch (error) {
    return failedOrThrow(unit, error);
  }
}

function failedOrThrow(unit: Unit, error: unknown): ReadUnit<never> {
  if (error instanceof ImageFailure) return { kind: "failed", unit, failure: error };
  throw error;
}

function isSettled(file: FileState, nowMs: number): boolean {
  return BigInt(Math.round(nowMs)) * 1_000_000n - file.modifiedNs > settledAfterNs;
}
