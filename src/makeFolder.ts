import { mkdirSync, statSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { isErrorCode } from "./errorCode.ts";

/**
 * Makes a folder with those above it that are missing. One at a time: Node's own recursive way goes round for ever where
 * a system such as /proc answers that the parent is not there although it is.
 * @throws Error of the system when one cannot be made
 */
export function makeFolder(path: string): void {
  const folder = resolve(path);
  if (statSync(folder, { throwIfNoEntry: false })?.isDirectory()) return;
  if (dirname(folder) !== folder) makeFolder(dirname(folder));
  try {
    mkdirSync(folder);
  } catch (error) {
    // Another process may have made it meanwhile.
    const isThere = isErrorCode(error, "EEXIST") && statSync(folder).isDirectory();
    if (!isThere) throw error;
  }
}
