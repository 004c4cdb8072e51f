import { type BigIntStats, constants } from "node:fs";
import { lstat, open, stat } from "node:fs/promises";
import { errorCode } from "../errorCode.ts";
import { UserError } from "../errors.ts";
import { ImageFailure } from "./imageFailure.ts";

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
 * @throws ImageFailure as `readImageFile` does
 */
export async function imageFileState(path: string): Promise<ImageFileState> {
  const { size, mtimeNs } = await requireRegularFile(path);
  return { sizeBytes: Number(size), modifiedNs: mtimeNs };
}

/**
 * Reads a regular file whole. The bytes are hashed and decoded from here on, never the path: a file that shrinks while
 * a decoder reads it by path kills the process.
 * @throws ImageFailure `missing_file`, `permission_denied`, `not_a_regular_file`, `broken_symlink`, `symlink_loop`,
 * `empty_file`, `changed_during_read`
 */
export async function readImageFile(path: string): Promise<Buffer> {
  await requireRegularFile(path);
  // O_NONBLOCK: a FIFO that took the file's place after the check above must not block the open for ever.
  const file = await open(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0)).catch((error) => {
    throw openFailure(error);
  });
  try {
    const before = await file.stat({ bigint: true });
    if (!before.isFile()) throw new ImageFailure("not_a_regular_file", "this is not a regular file");
    if (before.size === 0n) throw new ImageFailure("empty_file", "the file has no bytes");
    if (before.size > BigInt(maxBytes)) {
      throw new ImageFailure(
        "too_many_pixels",
        `the file has ${before.size} bytes, the limit is ${maxBytes}`,
      );
    }
    const bytes = await file.readFile();
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
    throw openFailure(error);
  } finally {
    await file.close();
  }
}

async function requireRegularFile(path: string): Promise<BigIntStats> {
  const target = await stat(path, { bigint: true }).catch(async (error) => {
    if (errorCode(error) === "ENOENT") throw await absenceFailure(path, error);
    throw openFailure(error);
  });
  if (!target.isFile()) throw new ImageFailure("not_a_regular_file", "this is not a regular file");
  return target;
}

async function absenceFailure(path: string, cause: unknown): Promise<Error> {
  if (await isSymbolicLink(path)) {
    return new ImageFailure("broken_symlink", "the symbolic link points to nothing", { cause });
  }
  // Node shows the bytes of a name that is not UTF-8 as U+FFFD, and cannot find the file by that.
  if (path.includes("\ufffd")) {
    return new ImageFailure("unreadable_name", "the file's name is not UTF-8: rename it", { cause });
  }
  return openFailure(cause);
}

async function isSymbolicLink(path: string): Promise<boolean> {
  return lstat(path).then(
    (entry) => entry.isSymbolicLink(),
    () => false,
  );
}

/** The failure for a system error while opening or reading; an error that is not about this one file is thrown on. */
function openFailure(error: unknown): Error {
  switch (errorCode(error)) {
    case "ENOENT":
    case "ENOTDIR":
      return new ImageFailure("missing_file", "there is no such file", { cause: error });
    case "EACCES":
    case "EPERM":
      return new ImageFailure("permission_denied", "the file may not be read", { cause: error });
    case "ELOOP":
      return new ImageFailure("symlink_loop", "the symbolic links go round in a circle", { cause: error });
    case "ENAMETOOLONG":
    case "EILSEQ":
    case "EINVAL":
    case "ERR_INVALID_ARG_VALUE":
      return new ImageFailure("unreadable_name", "the system refuses this file name", { cause: error });
    case "EIO":
      return new ImageFailure("corrupt", "the disk reports a read error", { cause: error });
    case "EMFILE":
    case "ENFILE":
      return new UserError("too many files are open at the same time", {
        hint: "use a smaller --batch-size, or allow more open files (ulimit -n)",
        cause: error,
      });
    case "EISDIR":
    case "ENXIO":
    case "ENODEV":
      return new ImageFailure("not_a_regular_file", "this is not a regular file", { cause: error });
    default:
      return error instanceof Error ? error : new Error(String(error));
  }
}
