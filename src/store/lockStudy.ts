import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { UserError } from "../errors.ts";
import { explained } from "./openDatabase.ts";

/** How long a second writer waits before it says that there is a first. */
const waitMs = 2_000;

/** A study held for one run. */
export interface StudyLock {
  release(): void;
}

/**
 * Holds a study for one run, until `release` or the end of the process, however it ends: the lock is the operating
 * system's, on a file beside the database, so that no crash and no recycled process number leaves it behind. Reading is
 * always possible.
 * @param heldBy who holds it, for the message, looked up when it is held
 * @throws UserError when another run holds it, in this process or another
 */
export function lockStudy(directory: string, heldBy: () => string | undefined): StudyLock {
  const path = join(directory, "clipbook.lock");
  let lock: DatabaseSync | undefined;
  try {
    lock = new DatabaseSync(path, { timeout: waitMs });
    lock.exec("BEGIN EXCLUSIVE");
  } catch (error) {
    lock?.close();
    if (!isBusy(error)) throw explained(error, path);
    const holder = heldBy();
    throw new UserError(
      `${directory}: another Clipbook${holder === undefined ? "" : ` (process ${holder})`} is classifying in this study`,
      { hint: "wait until it is done, or use another folder with --study DIR", cause: error },
    );
  }
  const held = lock;
  return { release: () => held.close() };
}

/** SQLITE_BUSY, https://sqlite.org/rescode.html */
function isBusy(error: unknown): boolean {
  return error instanceof Error && "errcode" in error && (Number(error.errcode) & 0xff) === 5;
}
