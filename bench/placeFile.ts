import { copyFile, link, mkdir } from "node:fs/promises";
import { dirname } from "node:path";

/**
 * The same file under another name: a hard link where the file system can, for ONNX Runtime refuses symbolic links that lead
 * out of a model's folder, else a copy. One that is there already stays.
 */
export async function placeFile(from: string, to: string): Promise<void> {
  await mkdir(dirname(to), { recursive: true });
  try {
    await link(from, to);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return;
    await copyFile(from, to);
  }
}
