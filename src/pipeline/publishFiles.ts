import { rename } from "node:fs/promises";
import { join } from "node:path";
import { isErrorCode } from "../errorCode.ts";
import { UserError } from "../errors.ts";
import { placeNew } from "../placeNew.ts";
import { discardTemporary } from "../temporaryFile.ts";
import { unwritable } from "./unwritable.ts";

/** Tries for a free name before it is taken for a fault. */
const maxTries = 10_000;

/** A complete file that has no name yet. */
export interface FinishedFile {
  /** In the folder where it will be named. */
  readonly temporary: string;
  readonly ending: string;
}

/**
 * Names finished files `directory/stem.ext`, or `stem-2.ext`, `stem-3.ext`, ... where that is taken: the same number for
 * all, so that files of one run are found together. Nothing is replaced, and no name ever shows an empty file.
 * @returns the paths, in the order of the files
 * @throws UserError when the folder cannot be written; the temporary files are gone then
 */
export async function publishFiles(
  directory: string,
  stem: string,
  files: readonly FinishedFile[],
): Promise<readonly string[]> {
  try {
    for (let number = 1; number <= maxTries; number++) {
      const numbered = join(directory, `${stem}${number === 1 ? "" : `-${number}`}`);
      if (await placeAll(files, numbered)) return files.map(({ ending }) => numbered + ending);
    }
    throw new UserError(`${join(directory, stem)}: ${maxTries} files have this name`, {
      hint: "move old ones to another folder",
    });
  } catch (error) {
    for (const { temporary } of files) await discardTemporary(temporary);
    throw error;
  }
}

async function placeAll(files: readonly FinishedFile[], numbered: string): Promise<boolean> {
  const placed: FinishedFile[] = [];
  for (const file of files) {
    const path = numbered + file.ending;
    try {
      await placeNew(file.temporary, path);
      placed.push(file);
    } catch (cause) {
      for (const { temporary, ending } of placed) await rename(numbered + ending, temporary);
      if (isErrorCode(cause, "EEXIST")) return false;
      throw unwritable(path, cause);
    }
  }
  return true;
}
