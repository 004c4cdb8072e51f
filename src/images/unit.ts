import type { ImageFailure } from "./imageFailure.ts";

/** What is classified, and how to get at its picture. */
export interface Unit {
  /** As the results table names it: the path as `find INPUT` would print it, or the table's cell as written. */
  readonly name: string;
  /** Absolute path; `archive.zip!/entry` inside an archive; empty where a row names no image. */
  readonly path: string;
  /** 0 for an image file, else the table's row from 1. */
  readonly rowNumber: number;
  /** The picture's state on disk, without reading it. @throws ImageFailure */
  readonly fileState: () => Promise<{ readonly sizeBytes: number; readonly modifiedNs: bigint }>;
  /** The picture's bytes. @throws ImageFailure */
  readonly read: () => Promise<Buffer>;
}

/** A file in an input folder that is no picture and so no unit. */
export interface IgnoredFile {
  readonly ignored: string;
  /** Set for a whole folder whose pictures Clipbook made itself. */
  readonly isOwnFolder?: true;
}

/** A unit whose reading fails as told: what could not be reached still keeps its row. */
export function failedUnit(name: string, path: string, rowNumber: number, failure: ImageFailure): Unit {
  const fail = async () => {
    throw failure;
  };
  return { name, path, rowNumber, fileState: fail, read: fail };
}
