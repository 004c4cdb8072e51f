import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { isErrorCode } from "../errorCode.ts";

/** A codebook's file as it is on the disk. */
export interface CodebookOnDisk {
  /** With its byte-order mark. */
  readonly text: string;
  /** SHA-256 of the file's bytes, hexadecimal. */
  readonly sha256: string;
}

/** Reads a codebook's file unchecked; undefined where there is none. */
export async function maybeCodebookOnDisk(path: string): Promise<CodebookOnDisk | undefined> {
  const bytes = await readFile(path).catch((error) => {
    if (isErrorCode(error, "ENOENT")) return undefined;
    throw error;
  });
  if (bytes === undefined) return undefined;
  return {
    text: new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes),
    sha256: createHash("sha256").update(bytes).digest("hex"),
  };
}
