import { createHash } from "node:crypto";
import { lstatSync, readFileSync, readlinkSync, realpathSync, statSync } from "node:fs";
import { dirname, isAbsolute, relative, resolve, sep } from "node:path";
import type { CodebookMistake } from "../../codebook/codebookError.ts";
import { decodeCodebook, maxCodebookBytes } from "../../codebook/decodeCodebook.ts";
import { isErrorCode } from "../../errorCode.ts";
import { UserError } from "../../errors.ts";

/** A codebook's file as it is on the disk. */
export interface CodebookOnDisk {
  /** With its byte-order mark; bytes that are no UTF-8 are replaced, and such a text must not be saved. */
  readonly text: string;
  /** Why its bytes are no text; empty for UTF-8. */
  readonly mistakes: readonly CodebookMistake[];
  /** SHA-256 of the file's bytes, hexadecimal. */
  readonly sha256: string;
  /** Rights, as in stat(2). */
  readonly mode: number;
}

/**
 * Reads a codebook's file unchecked, at once: nothing of this process comes between reading and what follows.
 * @throws UserError for what is no file, cannot be read, or is too large for a codebook
 */
export function maybeCodebookOnDisk(path: string): CodebookOnDisk | undefined {
  try {
    // Looked at before it is opened: opening a named pipe would wait for somebody who writes to it.
    const state = statSync(path, { throwIfNoEntry: false });
    if (state === undefined) return undefined;
    if (!state.isFile()) throw new UserError(`${path}: this is no file`, { hint: nameAnother });
    if (state.size > maxCodebookBytes) {
      throw new UserError(
        `${path}: the file has ${state.size} bytes; a codebook may have ${maxCodebookBytes}`,
        { hint: "is this the codebook, and not a table?" },
      );
    }
    const bytes = readFileSync(path);
    return {
      text: new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes),
      mistakes: decodeCodebook(bytes).mistakes,
      sha256: createHash("sha256").update(bytes).digest("hex"),
      mode: state.mode & 0o7777,
    };
  } catch (cause) {
    if (isErrorCode(cause, "ENOENT")) return undefined;
    throw unreadable(path, cause);
  }
}

/** What the user can do about it, where it is theirs to mend; any other error unchanged. */
function unreadable(path: string, cause: unknown): unknown {
  if (!isErrorCode(cause, "EACCES", "EPERM", "ELOOP", "ENAMETOOLONG", "ENOTDIR")) return cause;
  const reason = (cause as Error).message.split(",")[0];
  return new UserError(`${path}: the codebook cannot be read: ${reason}`, { hint: nameAnother, cause });
}

const nameAnother = "check its rights, or start the app with --codebook and another file";

/** Links that are followed one after the other at most; Linux follows as many. */
const mostLinks = 40;

/** Where a codebook is written to: what a link leads to, also when nothing is there yet. @throws UserError */
export function codebookTarget(path: string): string {
  let target = resolve(path);
  try {
    for (let links = 0; links < mostLinks; links++) {
      const state = lstatSync(target, { throwIfNoEntry: false });
      if (state === undefined) return target;
      if (!state.isSymbolicLink()) return realpathSync(target);
      target = resolve(dirname(target), readlinkSync(target));
    }
  } catch (cause) {
    throw unreadable(path, cause);
  }
  throw new UserError(`${path}: a link that leads to itself`, { hint: nameAnother });
}

/** The name by which a study knows a codebook's file: a study that is moved with its codebook still does. */
export function codebookKey(studyFolder: string, path: string): string {
  const inStudy = relative(resolve(studyFolder), resolve(path));
  const isInside = inStudy !== ".." && !inStudy.startsWith(`..${sep}`) && !isAbsolute(inStudy);
  return isInside ? inStudy.split(sep).join("/") : resolve(path);
}
