import { createHash } from "node:crypto";
import { ImageFailure } from "../images/imageFailure.ts";
import { requirePixels } from "../images/pixelLimit.ts";
import { type RenderedView, renderView, type ViewSpec } from "../images/renderView.ts";
import type { Unit } from "../images/unit.ts";
import type { FileState } from "../store/imageStore.ts";
import type { Study } from "../store/openStudy.ts";

/** A unit on its way into the store. */
export type PreparedUnit =
  | { readonly kind: "failed"; readonly unit: Unit; readonly failure: ImageFailure }
  /** Its image and embedding are stored. */
  | {
      readonly kind: "known";
      readonly unit: Unit;
      readonly imageId: number;
      readonly file: FileState | undefined;
    }
  | { readonly kind: "new"; readonly unit: Unit; readonly file: FileState; readonly image: NewImage };

/** A picture that has no embedding for this encoder and view yet. */
export interface NewImage {
  readonly sha256: Buffer;
  readonly sizeBytes: number;
  readonly rendered: RenderedView;
}

/** What `prepareUnit` needs besides the unit. */
export interface PrepareContext {
  readonly study: Study;
  readonly encoderId: number;
  readonly view: ViewSpec;
  readonly maxPixels: number;
}

/** A file changed this short a time ago may change again without a new modification time. */
const settledAfterNs = 2_000_000_000n;

/**
 * Brings a unit as far as it can go without the image tower: an unchanged file is not read, a known image is not
 * decoded. A unit that cannot be used comes back as failed; any other error is thrown.
 */
export async function prepareUnit(unit: Unit, context: PrepareContext): Promise<PreparedUnit> {
  const { study, encoderId, view, maxPixels } = context;
  try {
    const file: FileState = { path: unit.path, ...(await unit.fileState()) };
    const unchanged = study.images.maybeIdOfFile(file);
    if (unchanged !== undefined && study.embeddings.has(encoderId, view.view, unchanged)) {
      requireAllowedSize(study, unchanged, maxPixels);
      return { kind: "known", unit, imageId: unchanged, file: undefined };
    }
    const bytes = await unit.read();
    const sha256 = createHash("sha256").update(bytes).digest();
    const imageId = study.images.maybeIdOf(sha256);
    if (imageId !== undefined && study.embeddings.has(encoderId, view.view, imageId)) {
      requireAllowedSize(study, imageId, maxPixels);
      return { kind: "known", unit, imageId, file };
    }
    const rendered = await renderView(bytes, view, maxPixels);
    return { kind: "new", unit, file, image: { sha256, sizeBytes: bytes.length, rendered } };
  } catch (error) {
    if (error instanceof ImageFailure) return { kind: "failed", unit, failure: error };
    throw error;
  }
}

/** A limit holds for pictures that were embedded under another one too. @throws ImageFailure `too_many_pixels` */
function requireAllowedSize(study: Study, imageId: number, maxPixels: number): void {
  const { widthPx, heightPx } = study.images.get(imageId);
  requirePixels(widthPx, heightPx, maxPixels);
}

/** Whether a file's state may be remembered: its modification time is old enough to tell later changes. */
export function isSettled(file: FileState, nowMs: number): boolean {
  return BigInt(Math.round(nowMs)) * 1_000_000n - file.modifiedNs > settledAfterNs;
}
