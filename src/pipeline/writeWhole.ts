import { randomBytes } from "node:crypto";
import { rename, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { unwritable } from "./reserveNames.ts";

/**
 * Writes a text under a temporary name and renames it: the final name never holds half of it.
 * @throws UserError when the folder cannot be written or the disk is full
 */
export async function writeWhole(path: string, text: string): Promise<void> {
  const temporary = temporaryPath(dirname(path));
  try {
    await writeFile(temporary, text, { flag: "wx", flush: true });
    await rename(temporary, path);
  } catch (cause) {
    await rm(temporary, { force: true });
    throw unwritable(path, cause);
  }
}

/** A free hidden name in a folder; short, whatever the final name's length: names end at 255 bytes. */
export function temporaryPath(directory: string): string {
  return join(directory, `.clipbook-${randomBytes(6).toString("hex")}.tmp`);
}
