import type { FileHandle } from "node:fs/promises";

/**
 * Up to `count` bytes of a file from a place on; fewer where it ends. Never more: a file may grow for as long as it is read, and
 * some that call themselves empty never end.
 */
export async function readAt(file: FileHandle, at: number, count: number): Promise<Buffer> {
  const bytes = Buffer.allocUnsafe(count);
  let length = 0;
  while (length < count) {
    const { bytesRead } = await file.read(bytes, length, count - length, at + length);
    if (bytesRead === 0) break;
    length += bytesRead;
  }
  return bytes.subarray(0, length);
}
