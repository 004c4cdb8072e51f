import { existsSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { UserError } from "../errors.ts";
import type { StudyLock } from "./lockStudy.ts";

/** SQLITE_BUSY, https://sqlite.org/rescode.html */
const busy = 5;

/**
 * Keeps other runs out of a study that is only read: the lock of `lockStudy`, without a byte written. Where the lock's file is
 * missing nobody has ever written to the study; where it cannot be written, nobody on this machine can.
 * @throws UserError when a run holds the study
 */
export function holdSource(shown: string): StudyLock {
  const path = join(shown, "clipbook.lock");
  if (!existsSync(path)) return { release: () => undefined };
  let lock: DatabaseSync | undefined;
  try {
    lock = new DatabaseSync(path, { timeout: 0 });
    lock.exec("BEGIN IMMEDIATE");
  } catch (error) {
    lock?.close();
    if (!(error instanceof Error && "errcode" in error && (Number(error.errcode) & 0xff) === busy))
      return { release: () => undefined };
    throw new UserError(`${shown}: another Clipbook is writing to this study`, {
      hint: "wait until it is done, then merge again",
      cause: error,
    });
  }
  const held = lock;
  return {
    release: () => {
      if (held.isOpen) held.close();
    },
  };
}
