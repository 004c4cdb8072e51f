import { DatabaseSync } from "node:sqlite";
import { UserError } from "../errors.ts";
import { inTransaction } from "./inTransaction.ts";

/** Sorts more names than should be in memory at once. Close it when done. */
interface DiskSorter {
  add(names: readonly (readonly [key: Uint8Array, kind: string])[]): void;
  /** All that were added, in the byte order of their keys. */
  sorted(): Iterable<readonly [key: Uint8Array, kind: string]>;
  /** All that were added, in any order. */
  unsorted(): Iterable<readonly [key: Uint8Array, kind: string]>;
  close(): void;
}

/**
 * A sorter in a temporary database: SQLite sorts on the disk what is too much for its memory, and removes it afterwards.
 * @throws UserError when the disk for temporary files is full or cannot be written, from every method
 */
export function openNameSorter(): DiskSorter {
  const database = explaining(() => new DatabaseSync(""));
  explaining(() =>
    database.exec(
      "PRAGMA journal_mode = MEMORY; CREATE TABLE name (key BLOB NOT NULL, kind TEXT NOT NULL) STRICT",
    ),
  );
  const insert = database.prepare("INSERT INTO name VALUES (?, ?)");
  const ordered = database.prepare("SELECT key, kind FROM name ORDER BY key");
  ordered.setReturnArrays(true);
  const all = database.prepare("SELECT key, kind FROM name");
  all.setReturnArrays(true);
  function* rowsOf(statement: typeof ordered): Iterable<readonly [Uint8Array, string]> {
    const rows = explaining(() => statement.iterate()) as unknown as Iterator<readonly [Uint8Array, string]>;
    try {
      for (let row = explaining(() => rows.next()); !row.done; row = explaining(() => rows.next())) {
        yield row.value;
      }
    } finally {
      rows.return?.();
    }
  }
  return {
    add: (names) =>
      explaining(() =>
        inTransaction(database, () => {
          for (const [key, kind] of names) insert.run(key, kind);
        }),
      ),
    sorted: () => rowsOf(ordered),
    unsorted: () => rowsOf(all),
    close: () => {
      if (database.isOpen) database.close();
    },
  };
}

/** The error is never the study's: nothing of it is stored here. */
function explaining<T>(work: () => T): T {
  try {
    return work();
  } catch (cause) {
    if (!(cause instanceof Error && "errcode" in cause)) throw cause;
    throw new UserError(`the names of a large folder cannot be sorted on the disk: ${cause.message}`, {
      hint: "make room where temporary files go, or name another folder for them in the variable TMPDIR",
      cause,
    });
  }
}
