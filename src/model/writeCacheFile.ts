import { randomUUID } from "node:crypto";
import { rename, rm, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { makeFolder } from "../makeFolder.ts";

/** Writes a file that only saves time, whole or not at all: on a full disk or in a read-only home there is none. */
export async function writeCacheFile(path: string, text: string): Promise<void> {
  const temporary = `${path}.${randomUUID()}.tmp`;
  try {
    makeFolder(dirname(path));
    await writeFile(temporary, text);
    await rename(temporary, path);
  } catch {
    // Whoever misses it computes again.
    await rm(temporary, { force: true }).catch(() => undefined);
  }
}
