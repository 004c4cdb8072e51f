import type { DatabaseSync } from "node:sqlite";
import type { JournalMode } from "./journalMode.ts";

/**
 * Brings a database into a journal mode, whatever mode it was in. Call it before anything is read from the database.
 * @param waitMs how long to wait for others who have it open
 * @param check looks at the database before anything is changed
 * @throws Error of SQLite when they do not leave; what `check` throws
 */
export function setJournal(
  database: DatabaseSync,
  mode: JournalMode,
  waitMs: number,
  check: () => void = () => undefined,
): void {
  if (mode === "wal") {
    check();
    patiently(() => database.exec("PRAGMA journal_mode = WAL"), waitMs);
    return;
  }
  // Held alone for the change: a database that was made with a write-ahead log could only be opened with shared memory else.
  database.exec("PRAGMA locking_mode = EXCLUSIVE");
  check();
  patiently(() => database.exec("PRAGMA journal_mode = TRUNCATE"), waitMs);
  // The lock ends with the next reading.
  database.exec("PRAGMA locking_mode = NORMAL; SELECT count(*) FROM sqlite_schema");
}

/** SQLite's own waiting does not cover the change, in which a new database's first openers meet. */
function patiently(change: () => void, waitMs: number): void {
  const deadline = performance.now() + waitMs;
  for (;;) {
    try {
      change();
      return;
    } catch (error) {
      if (!isBusy(error) || performance.now() > deadline) throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 10);
    }
  }
}

/** SQLITE_BUSY, https://sqlite.org/rescode.html */
function isBusy(error: unknown): boolean {
  return error instanceof Error && "errcode" in error && (Number(error.errcode) & 0xff) === 5;
}
