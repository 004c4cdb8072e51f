import { link, open, rename, rm } from "node:fs/promises";

/**
 * Gives a file that is complete its final name, in the same folder, unless there is something of that name: nothing is
 * replaced, and the name never shows a half file, nor, but on disks without hard links, an empty one. The temporary name is
 * gone afterwards.
 * @param makeLink what makes a second name for a file
 * @throws Error of the system: EEXIST where the name is taken
 */
export async function placeNew(temporary: string, path: string, makeLink = link): Promise<void> {
  try {
    await makeLink(temporary, path);
  } catch {
    // Disks without hard links (FAT, some network drives): there the name is held by an empty file for a moment, because
    // a rename alone would replace what another process put there. Any other fault is met again, and thrown, here.
    await (await open(path, "wx")).close();
    try {
      await rename(temporary, path);
    } catch (error) {
      await rm(path, { force: true });
      throw error;
    }
    return;
  }
  await rm(temporary);
}
