import { open, stat } from "node:fs/promises";
import { isErrorCode } from "../errorCode.ts";
import { UserError } from "../errors.ts";

/** How much is looked at of a file's beginning and end. */
const lookedAtBytes = 65_536;

/**
 * Checks, as `isReplaceable`, that a file that the user named for an output may be replaced.
 * @throws UserError for any other: nothing that is not Clipbook's own is ever overwritten
 */
export async function requireReplaceable(path: string, marks: readonly string[]): Promise<void> {
  if (!(await isReplaceable(path, marks))) throw refusal(path, undefined);
}

/**
 * Whether a file is not there, empty, no regular file (such as /dev/null), or one that Clipbook wrote, told by `marks` at its beginning
 * or end.
 * @throws UserError for a folder, and what cannot be read
 */
export async function isReplaceable(path: string, marks: readonly string[]): Promise<boolean> {
  // Looked at before it is opened: opening a named pipe would wait for somebody who writes to it.
  const state = await stat(path).catch((error) => {
    if (isErrorCode(error, "ENOENT")) return undefined;
    throw refusal(path, error);
  });
  if (state === undefined) return true;
  if (state.isDirectory()) throw new UserError(`${path}: this is a folder`, { hint: "name a file in it" });
  const { size } = state;
  if (!state.isFile() || size === 0) return true;
  const file = await open(path, "r").catch((error) => {
    throw refusal(path, error);
  });
  try {
    const read = async (from: number) => {
      const { buffer, bytesRead } = await file.read(Buffer.alloc(lookedAtBytes), 0, lookedAtBytes, from);
      return buffer.toString("utf8", 0, bytesRead);
    };
    const text = `${await read(0)}\n${await read(Math.max(0, size - lookedAtBytes))}`;
    return marks.every((mark) => text.includes(mark));
  } finally {
    await file.close();
  }
}

function refusal(path: string, cause: unknown): UserError {
  return new UserError(`${path}: there is another file of this name, and it is not overwritten`, {
    hint: "name another file, or move that one away (a file that Clipbook wrote is replaced)",
    cause,
  });
}
