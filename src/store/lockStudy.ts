import { hostname } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { UserError } from "../errors.ts";
import { createPrivately } from "./createPrivately.ts";
import { explained } from "./openDatabase.ts";

/** How long a second writer waits before it says that there is a first, unless told otherwise. */
const usualWaitMs = 2_000;

/** Locks that this process holds: to wait for one of them would hold up the very work that is waited for. */
const heldHere = new Set<string>();

/** A study held for one run. */
export interface StudyLock {
  release(): void;
}

/**
 * Holds a study for one run, until `release` or the end of the process, however it ends: the lock is the operating
 * system's, on a small database beside the study's, so that no crash and no recycled process number leaves it behind.
 * Reading is always possible.
 * @param shown the study's folder as the user named it
 * @param waitMs how long to wait for another run; nothing else in this process goes on meanwhile
 * @throws UserError when another run holds it, in this process or another, with its process
 */
export function lockStudy(directory: string, shown = directory, waitMs = usualWaitMs): StudyLock {
  const path = join(directory, "clipbook.lock");
  if (heldHere.has(path)) {
    throw new UserError(`${shown}: this Clipbook is classifying in this study already`, {
      hint: "wait until that is done, or stop it",
    });
  }
  let lock: DatabaseSync | undefined;
  createPrivately(path);
  try {
    lock = new DatabaseSync(path, { timeout: waitMs });
    hold(lock, `${process.pid}@${hostname()}`);
  } catch (error) {
    const holder = lock && isBusy(error) ? maybeHolder(lock) : undefined;
    lock?.close();
    if (!isBusy(error)) throw explained(error, path);
    throw new UserError(
      `${shown}: another Clipbook${holder === undefined ? "" : ` (process ${holder})`} is classifying in this study`,
      { hint: "wait until it is done, or use another folder with --study DIR", cause: error },
    );
  }
  const held = lock;
  heldHere.add(path);
  return {
    release: () => {
      heldHere.delete(path);
      held.close();
    },
  };
}

/** Leaves a write transaction open, in which nothing is written: it is the lock. */
function hold(lock: DatabaseSync, holder: string): void {
  lock.exec("BEGIN IMMEDIATE");
  do {
    // Committed before, because nobody can read what an open transaction writes. In the moment between, another may have
    // come in and written its own name.
    lock.exec("CREATE TABLE IF NOT EXISTS holder (name TEXT NOT NULL); DELETE FROM holder");
    lock.prepare("INSERT INTO holder VALUES (?)").run(holder);
    lock.exec("COMMIT; BEGIN IMMEDIATE");
  } while (maybeHolder(lock) !== holder);
}

/** Who holds the lock, as `process@machine`; undefined while that is being written. */
function maybeHolder(lock: DatabaseSync): string | undefined {
  try {
    return lock.prepare("SELECT name FROM holder").get()?.name as string | undefined;
  } catch {
    return undefined;
  }
}

/** SQLITE_BUSY, https://sqlite.org/rescode.html */
function isBusy(error: unknown): boolean {
  return error instanceof Error && "errcode" in error && (Number(error.errcode) & 0xff) === 5;
}
