import { open, rm } from "node:fs/promises";
import { join } from "node:path";
import { isErrorCode } from "../errorCode.ts";
import { UserError } from "../errors.ts";

/** Tries for a free name before it is taken for a fault. */
const maxTries = 10_000;

/**
 * Reserves `directory/stem.ext`, or `stem-2.ext`, `stem-3.ext`, ... where that is taken: for every ending at once, so
 * that files of one run share their number. The files are there, empty, afterwards: nobody else gets the name.
 * @returns the reserved paths, in the order of the endings
 * @throws UserError when the folder cannot be written
 */
export async function reserveNames(
  directory: string,
  stem: string,
  endings: readonly string[],
): Promise<readonly string[]> {
  for (let number = 1; number <= maxTries; number++) {
    const paths = endings.map((ending) =>
      join(directory, `${stem}${number === 1 ? "" : `-${number}`}${ending}`),
    );
    if (await reserveAll(paths)) return paths;
  }
  throw new UserError(`${join(directory, stem)}: ${maxTries} files have this name`, {
    hint: "move old ones to another folder",
  });
}

async function reserveAll(paths: readonly string[]): Promise<boolean> {
  const made: string[] = [];
  for (const path of paths) {
    try {
      await (await open(path, "wx")).close();
      made.push(path);
    } catch (cause) {
      await removeReserved(made);
      if (isErrorCode(cause, "EEXIST")) return false;
      throw unwritable(path, cause);
    }
  }
  return true;
}

/** Gives reserved names back. */
export async function removeReserved(paths: readonly string[]): Promise<void> {
  for (const path of paths) await rm(path, { force: true });
}

/** What the user can do about a file that cannot be written. */
export function unwritable(path: string, cause: unknown): UserError {
  const reason = cause instanceof Error ? cause.message.split(",")[0] : String(cause);
  return new UserError(`${path}: this file cannot be written: ${reason}`, {
    hint: "check the folder's rights and the space on the disk",
    cause,
  });
}
