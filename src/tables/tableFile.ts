import { type BigIntStats, constants } from "node:fs";
import { type FileHandle, open } from "node:fs/promises";
import { UserError } from "../errors.ts";

/** A table's file as it was when it was opened; every later read checks that it still is that file. */
export interface TableFile {
  readonly path: string;
  readonly sizeBytes: number;
  /** Device, inode, size and modification time. */
  readonly identity: string;
}

const chunkBytes = 256 * 1024;

/** Looks at a table's file. @throws UserError if it is missing, unreadable or not a file. */
export async function findTableFile(path: string): Promise<TableFile> {
  const handle = await openHandle(path);
  try {
    const stats = await handle.stat({ bigint: true });
    if (!stats.isFile()) {
      throw new UserError(`${path}: not a file`, { hint: "give the path of a table" });
    }
    return { path, sizeBytes: Number(stats.size), identity: identityOf(stats) };
  } finally {
    await handle.close();
  }
}

/**
 * Opens the file again for reading; the caller closes it.
 * @throws UserError if it is no longer the file that was found.
 */
export async function reopenTableFile(file: TableFile): Promise<FileHandle> {
  const handle = await openHandle(file.path);
  try {
    await checkUnchanged(file, handle);
    return handle;
  } catch (error) {
    await handle.close();
    throw error;
  }
}

/** @throws UserError if the file was written to since it was found: its rows could have moved. */
export async function checkUnchanged(file: TableFile, handle: FileHandle): Promise<void> {
  if (identityOf(await handle.stat({ bigint: true })) !== file.identity) {
    throw new UserError(`${file.path}: the file was changed while Clipbook was reading it`, {
      hint: "run again when nothing writes to it",
    });
  }
}

/** The first bytes of the file, at most `limit`. */
export async function readTableStart(file: TableFile, limit: number): Promise<Buffer> {
  const handle = await reopenTableFile(file);
  try {
    const bytes = Buffer.alloc(Math.min(limit, file.sizeBytes));
    let filled = 0;
    while (filled < bytes.length) {
      const { bytesRead } = await handle.read(bytes, filled, bytes.length - filled, filled);
      if (bytesRead === 0) break;
      filled += bytesRead;
    }
    return bytes.subarray(0, filled);
  } finally {
    await handle.close();
  }
}

/**
 * The file's bytes from `startByte` on, in order. Each chunk is overwritten by the next one: copy what must stay.
 * @throws UserError if the file changes meanwhile.
 */
export async function* readTableChunks(file: TableFile, startByte: number): AsyncGenerator<Buffer> {
  const handle = await reopenTableFile(file);
  try {
    const bytes = Buffer.alloc(chunkBytes);
    let position = startByte;
    for (;;) {
      const { bytesRead } = await handle.read(bytes, 0, bytes.length, position);
      if (bytesRead === 0) break;
      position += bytesRead;
      yield bytes.subarray(0, bytesRead);
    }
    await checkUnchanged(file, handle);
  } finally {
    await handle.close();
  }
}

async function openHandle(path: string): Promise<FileHandle> {
  try {
    // Non-blocking, so that opening a named pipe does not wait for a writer.
    return await open(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code === "ENOENT" || code === "ENOTDIR") {
      throw new UserError(`${path}: there is no such file`, {
        hint: "check the spelling and the folder",
        cause: error,
      });
    }
    if (code === "EACCES" || code === "EPERM") {
      throw new UserError(`${path}: you may not read this file`, {
        hint: "change its permissions",
        cause: error,
      });
    }
    if (code === "ELOOP") {
      throw new UserError(`${path}: this link leads to itself`, {
        hint: "put the file itself in its place",
        cause: error,
      });
    }
    if (code === "ENAMETOOLONG") {
      throw new UserError(`${path}: no file can have so long a name`, {
        hint: "check the spelling and the folder",
        cause: error,
      });
    }
    throw error;
  }
}

function identityOf(stats: BigIntStats): string {
  return `${stats.dev}:${stats.ino}:${stats.size}:${stats.mtimeNs}`;
}
