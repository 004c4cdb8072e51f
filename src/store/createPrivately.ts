import { closeSync, existsSync, openSync } from "node:fs";
import { isErrorCode } from "../errorCode.ts";

/** For the owner alone: pictures are of people, and judgements name who judged. */
const ownerOnly = 0o600;

/**
 * Makes an empty file that only its owner may read and write (on Windows: as the folder's rights have it), unless there is one, whose
 * rights stay. SQLite takes an empty file for a new database, and gives its journals the rights of the database.
 */
export function createPrivately(path: string): void {
  // Never opened when it is there: closing it would end the locks that this process holds on it (POSIX, fcntl).
  if (existsSync(path)) return;
  try {
    closeSync(openSync(path, "a", ownerOnly));
  } catch (error) {
    // SQLite meets the same fault, and it is explained there.
    if (
      !isErrorCode(
        error,
        "EACCES",
        "EPERM",
        "EROFS",
        "ENOENT",
        "ENOTDIR",
        "EISDIR",
        "ENOSPC",
        "EDQUOT",
        "ENAMETOOLONG",
        "ELOOP",
        "EIO",
        "EMFILE",
        "ENFILE",
      )
    )
      throw error;
  }
}
