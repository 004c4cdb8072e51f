import { access, constants, type FileHandle, open, realpath, rename, stat } from "node:fs/promises";
import { dirname } from "node:path";
import type { Writable } from "node:stream";
import { UserError } from "../errors.ts";
import { discardTemporary, removeAbandoned, temporaryPath } from "../temporaryFile.ts";

/** Where a table's bytes go. */
export interface OutputSink {
  /** Resolves when the bytes have been taken, so that a slow reader slows the writer down. */
  write(chunk: string | Uint8Array): Promise<void>;
  /** Makes what was written final. */
  commit(): Promise<void>;
  /** Undoes it, where that is possible. */
  discard(): Promise<void>;
}

/**
 * A file that appears under its name when it is complete, and not before. Until then its bytes are in a hidden file in the
 * same folder. A device or a pipe is written to directly; a link stays one.
 * @throws UserError if the folder is missing or read-only, the name is a folder's, or a file there is write-protected.
 */
export async function openFileSink(path: string): Promise<OutputSink> {
  return named(path, async () => {
    const existing = await maybeStat(path);
    if (existing?.isDirectory()) {
      throw new UserError(`${path}: a folder of that name is there already`, { hint: "choose another name" });
    }
    if (existing && !existing.isFile()) return deviceSink(path, await open(path, "w"));
    // Renaming would replace a write-protected file without asking.
    if (existing) await (await open(path, "r+")).close();
    const target = existing ? await realpath(path) : path;
    await removeAbandoned(dirname(target));
    const temporary = temporaryPath(dirname(target));
    return temporarySink(path, target, temporary, await open(temporary, "wx"));
  });
}

/**
 * Looks whether `openFileSink` may write a file, without making one: told before hours of work, not after.
 * @throws UserError if the folder is missing or read-only, or a file there is write-protected
 */
export async function checkFileSink(path: string): Promise<void> {
  await named(path, async () => {
    const existing = await maybeStat(path);
    // Devices and pipes are written to directly, whatever their folder allows.
    if (existing && !existing.isFile()) return;
    if (existing) await access(path, constants.W_OK);
    await access(dirname(existing ? await realpath(path) : path), constants.W_OK);
  });
}

/** A stream that the caller owns and ends, such as standard output; its own errors are passed on. */
export function streamSink(stream: Writable): OutputSink {
  // The write's callback reports the error; without a listener the event would end the process.
  const heard = () => undefined;
  stream.on("error", heard);
  return {
    write: (chunk) =>
      new Promise((resolve, reject) => {
        // A stream that is destroyed while it waits for its reader never calls back.
        const closed = () => reject(new Error("the stream was closed before it had taken all"));
        stream.once("close", closed);
        stream.write(chunk, (error) => {
          stream.off("close", closed);
          if (error) reject(error);
          else resolve();
        });
      }),
    commit: async () => {
      stream.off("error", heard);
    },
    discard: async () => undefined,
  };
}

function temporarySink(path: string, target: string, temporary: string, handle: FileHandle): OutputSink {
  return {
    write: (chunk) => named(path, () => handle.writeFile(chunk)),
    commit: () =>
      named(path, async () => {
        await handle.sync();
        await handle.close();
        await rename(temporary, target);
        await syncFolder(dirname(target));
      }),
    discard: async () => {
      await handle.close();
      await discardTemporary(temporary);
    },
  };
}

function deviceSink(path: string, handle: FileHandle): OutputSink {
  return {
    write: (chunk) => named(path, () => handle.writeFile(chunk)),
    commit: () => named(path, () => handle.close()),
    discard: () => handle.close(),
  };
}

/** The new name itself must survive a power cut, too. Windows has no handles for folders. */
async function syncFolder(folder: string): Promise<void> {
  if (process.platform === "win32") return;
  const handle = await open(folder, "r");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

async function maybeStat(path: string) {
  try {
    return await stat(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw error;
  }
}

/** Runs a step of writing `path` and says in the user's words what the operating system refused. */
async function named<T>(path: string, step: () => Promise<T>): Promise<T> {
  try {
    return await step();
  } catch (error) {
    const { code, syscall } = error as NodeJS.ErrnoException;
    const folder = dirname(path);
    const fail = (what: string, hint: string): never => {
      throw new UserError(`${path}: ${what}`, { hint, cause: error });
    };
    switch (code) {
      case "ENOENT":
      case "ENOTDIR":
        return fail(`there is no folder ${folder}`, "create it, or choose another one");
      case "EACCES":
      case "EPERM":
      case "EROFS":
      case "EBUSY":
        return fail(
          "may not be written",
          `check the permissions of ${folder} and close other programs that use the file`,
        );
      case "ENOSPC":
      case "EDQUOT":
        return fail("the disk is full", "make room, or choose another disk");
      case "EFBIG":
        return fail("larger than the disk or its limits allow", "choose another disk");
      case "EPIPE":
        return fail("whatever read it has stopped", "let it read to the end, or write to a file");
      case "ENAMETOOLONG":
        return fail("the name is too long", "choose a shorter name");
      default:
        if (syscall === undefined) throw error;
        return fail(
          `cannot be written: ${(error as Error).message}`,
          "check the disk, or choose another one",
        );
    }
  }
}
