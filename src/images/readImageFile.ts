import { type BigIntStats, constants } from "node:fs";
import { type FileHandle, lstat, open, realpath, stat } from "node:fs/promises";
import { errorCode } from "../errorCode.ts";
import { fileFailure } from "./fileFailure.ts";
import { ImageFailure } from "./imageFailure.ts";
import { outsideLink, type PlaceRule } from "./insideInputs.ts";

/** Larger files are refused: they would not fit into memory beside their pixels. */
const maxBytes = 1_500_000_000;

/** What identifies a file's state on disk, for skipping unchanged files. */
export interface ImageFileState {
  readonly sizeBytes: number;
  /** Modification time in nanoseconds since 1970. */
  readonly modifiedNs: bigint;
}

/**
 * The state of a regular file, without opening it.
 * @param mayRead where a link may lead; anywhere when absent
 * @throws ImageFailure as `readImageFile` does
 */
export async function imageFileState(path: string, mayRead?: PlaceRule): Promise<ImageFileState> {
  const { entry } = await regularFileAt(path, mayRead);
  return { sizeBytes: Number(entry.size), modifiedNs: entry.mtimeNs };
}

/**
 * Reads a regular file whole. The bytes are hashed and decoded from here on, never the path: a file that shrinks while
 * a decoder reads it by path kills the process.
 * @param mayRead where a link may lead; anywhere when absent
 * @throws ImageFailure `missing_file`, `permission_denied`, `not_a_regular_file`, `broken_symlink`, `symlink_loop`,
 * `unreadable_name`, `empty_file`, `changed_during_read`, `too_many_pixels`, `corrupt`, `timeout`
 */
export async function readImageFile(path: string, mayRead?: PlaceRule): Promise<Buffer> {
  const file = await openRegularFile(path, mayRead);
  try {
    const before = await file.stat({ bigint: true });
    if (before.size === 0n) throw new ImageFailure("empty_file", "the file has no bytes");
    if (before.size > BigInt(maxBytes)) {
      throw new ImageFailure(
        "too_many_pixels",
        `the file has ${before.size} bytes, the limit is ${maxBytes}`,
      );
    }
    const bytes = await readUpTo(file, Number(before.size));
    const after = await file.stat({ bigint: true });
    if (
      BigInt(bytes.length) !== before.size ||
      after.size !== before.size ||
      after.mtimeNs !== before.mtimeNs
    ) {
      throw new ImageFailure("changed_during_read", "the file changed while it was read");
    }
    return bytes;
  } catch (error) {
    if (error instanceof ImageFailure) throw error;
    throw fileFailure(error);
  } finally {
    await file.close();
  }
}

/** The first bytes of a regular file, at most `count`. @throws ImageFailure as `readImageFile` does */
export async function readFileStart(
  path: string | Buffer,
  count: number,
  mayRead?: PlaceRule,
): Promise<Buffer> {
  const file = await openRegularFile(path, mayRead);
  try {
    return await readUpTo(file, count);
  } catch (error) {
    throw fileFailure(error);
  } finally {
    await file.close();
  }
}

/** Never more than asked for: a file may grow for as long as it is read, and some that call themselves empty never end. */
async function readUpTo(file: FileHandle, count: number): Promise<Buffer> {
  const bytes = Buffer.alloc(count);
  let length = 0;
  while (length < count) {
    const { bytesRead } = await file.read(bytes, length, count - length, length);
    if (bytesRead === 0) break;
    length += bytesRead;
  }
  return bytes.subarray(0, length);
}

/** Opens what was looked at, and nothing that took its place meanwhile. */
async function openRegularFile(path: string | Buffer, mayRead?: PlaceRule): Promise<FileHandle> {
  const { place, entry } = await regularFileAt(path, mayRead);
  // O_NONBLOCK: a FIFO that took the file's place must not block the open for ever.
  const flags = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0) | (constants.O_NOFOLLOW ?? 0);
  const file = await open(place, flags).catch((error) => {
    throw errorCode(error) === "ELOOP" ? replaced() : fileFailure(error);
  });
  try {
    const opened = await file.stat({ bigint: true });
    if (!opened.isFile() || opened.dev !== entry.dev || opened.ino !== entry.ino) throw replaced();
    return file;
  } catch (error) {
    await file.close();
    throw error instanceof ImageFailure ? error : fileFailure(error);
  }
}

function replaced(): ImageFailure {
  return new ImageFailure("changed_during_read", "another file took its place while it was opened");
}

/** Where a regular file is, links followed, and its entry there. @throws ImageFailure for anything else */
async function regularFileAt(
  path: string | Buffer,
  mayRead: PlaceRule | undefined,
): Promise<{ readonly place: string | Buffer; readonly entry: BigIntStats }> {
  const entry = await lstat(path, { bigint: true }).catch((error) => {
    throw absenceFailure(path, error);
  });
  if (entry.isFile()) return { place: path, entry };
  if (!entry.isSymbolicLink()) throw notRegular();
  const target = await stat(path, { bigint: true }).catch((cause) => {
    if (errorCode(cause) !== "ENOENT") throw fileFailure(cause);
    throw new ImageFailure("broken_symlink", "the symbolic link points to nothing", { cause });
  });
  // As bytes, for the target's name need not be UTF-8. Links of /proc lead to what has no place at all.
  const place = await realpath(path, { encoding: "buffer" }).catch((cause) => {
    throw target.isFile() ? fileFailure(cause) : notRegular();
  });
  if (mayRead !== undefined && !mayRead(place.toString())) throw outsideLink();
  if (!target.isFile()) throw notRegular();
  return { place, entry: target };
}

function notRegular(): ImageFailure {
  return new ImageFailure("not_a_regular_file", "this is no file but a pipe, a device or a folder");
}

function absenceFailure(path: string | Buffer, cause: unknown): Error {
  // Node shows the bytes of a name that is not UTF-8 as U+FFFD, and cannot find the file by that.
  if (errorCode(cause) === "ENOENT" && path.includes("\ufffd")) {
    return new ImageFailure("unreadable_name", "the file's name is not UTF-8: rename it", { cause });
  }
  return fileFailure(cause);
}
