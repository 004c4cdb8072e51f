import { createHash } from "node:crypto";
import { ImageFailure } from "../images/imageFailure.ts";
import type { UnitReader } from "../images/unitReader.ts";
import { withFileBytes } from "../images/withFileBytes.ts";
import { importedFormat, isAwayPath } from "../store/importedImage.ts";

/** A file, and the image that it showed when it was classified. */
export interface ImageFile {
  /** As the study has it, also `archive.zip!/entry`. */
  readonly path: string;
  readonly sha256: Uint8Array;
  /** An imported image has no content that a file could be compared with. */
  readonly format: string;
}

/**
 * Works on the bytes of a file that still shows its image; of an imported image whatever lies where it is said to be.
 * @throws ImageFailure where it cannot be read, or shows another one by now
 * @throws what `work` throws; the signal's reason when aborted before the file was read
 */
export async function workOnImage<To>(
  reader: UnitReader,
  { path, sha256, format }: ImageFile,
  work: (bytes: Buffer) => Promise<To>,
  signal?: AbortSignal,
): Promise<To> {
  if (isAwayPath(path))
    throw new ImageFailure(
      "missing_file",
      "the picture is not on this machine: only its embedding was imported",
    );
  const unit = await reader.unitAt(path, path, 0);
  const { sizeBytes } = await unit.fileState();
  const workIfSame = async (bytes: Buffer) => {
    if (format === importedFormat || createHash("sha256").update(bytes).digest().equals(sha256))
      return work(bytes);
    throw new ImageFailure("changed_during_read", "the file was changed since it was classified");
  };
  return withFileBytes(unit, sizeBytes, workIfSame, { signal });
}
