import { rename, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { discardTemporary, removeAbandoned, temporaryPath } from "../temporaryFile.ts";
import { unwritable } from "./unwritable.ts";

/**
 * Writes a text under a temporary name and renames it: the final name never holds half of it.
 * @throws UserError when the folder cannot be written or the disk is full
 */
export async function writeWhole(path: string, text: string): Promise<void> {
  const temporary = await writeTemporary(dirname(path), text, path);
  try {
    await rename(temporary, path);
  } catch (cause) {
    await discardTemporary(temporary);
    throw unwritable(path, cause);
  }
}

/**
 * Writes a text to a temporary file, safe on the disk; its path. What killed processes left in the folder goes.
 * @param shown the name for messages
 * @throws UserError when the folder cannot be written or the disk is full
 */
export async function writeTemporary(directory: string, text: string, shown = directory): Promise<string> {
  await removeAbandoned(directory);
  const temporary = temporaryPath(directory);
  try {
    await writeFile(temporary, text, { flag: "wx", flush: true });
    return temporary;
  } catch (cause) {
    await discardTemporary(temporary);
    throw unwritable(shown, cause);
  }
}
