import { createHash } from "node:crypto";
import { constants } from "node:fs";
import { open } from "node:fs/promises";
import { maxCodebookBytes } from "../codebook/decodeCodebook.ts";
import { parseCodebook } from "../codebook/parseCodebook.ts";
import type { ParsedCodebook } from "../codebook/parsedCodebook.ts";
import { errorCode } from "../errorCode.ts";
import { UserError } from "../errors.ts";

/** A checked codebook with the file it came from. */
export interface LoadedCodebook extends ParsedCodebook {
  readonly path: string;
  /** The file's text, without a byte-order mark. */
  readonly text: string;
  /** SHA-256 of the file's bytes, hexadecimal. */
  readonly sha256: string;
}

/**
 * Reads and checks a codebook file (YAML, JSON or a Python dict; see `parseCodebook` for the forms).
 * @throws CodebookError with every mistake; UserError for a file that cannot be read
 */
export async function loadCodebook(path: string): Promise<LoadedCodebook> {
  const bytes = await readCodebookFile(path);
  const parsed = parseCodebook(bytes, path);
  const sha256 = createHash("sha256").update(bytes).digest("hex");
  return { ...parsed, path, text: new TextDecoder().decode(bytes), sha256 };
}

async function readCodebookFile(path: string): Promise<Uint8Array> {
  // O_NONBLOCK: a named pipe would block the open until somebody writes to it.
  const file = await open(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0)).catch((error) => {
    throw readFailure(path, error);
  });
  try {
    const state = await file.stat();
    if (!state.isFile()) {
      const kind = state.isDirectory() ? "a folder" : "no regular file";
      throw new UserError(`${path}: this is ${kind}, not a codebook`, { hint: "name the codebook's file" });
    }
    if (state.size > maxCodebookBytes) {
      throw new UserError(
        `${path}: the file has ${state.size} bytes; a codebook may have ${maxCodebookBytes}`,
        {
          hint: "is this the codebook, and not a table?",
        },
      );
    }
    return await file.readFile();
  } finally {
    await file.close();
  }
}

function readFailure(path: string, error: unknown): unknown {
  const code = errorCode(error);
  if (code === "ENOENT" || code === "ENOTDIR") {
    const hint =
      "`clipbook init FILE` writes a codebook to start from; `classify` takes another one with `--codebook FILE`, `check` as its argument";
    return new UserError(`${path}: there is no such codebook`, { hint, cause: error });
  }
  if (code === "EACCES" || code === "EPERM") {
    const hint = "ask the file's owner for the right to read it";
    return new UserError(`${path}: permission to read the codebook is denied`, { hint, cause: error });
  }
  if (code === "EISDIR" || code === "ENXIO" || code === "ELOOP" || code === "ENAMETOOLONG") {
    return new UserError(`${path}: this cannot be read as a file (${code})`, {
      hint: "name the codebook's file",
      cause: error,
    });
  }
  return error;
}
