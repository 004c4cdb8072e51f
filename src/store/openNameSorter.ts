import { DatabaseSync } from "node:sqlite";
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

/** A sorter in a temporary database: SQLite sorts on the disk what is too much for its memory, and removes it afterwards. */
export function openNameSorter(): DiskSorter {
  const database = new DatabaseSync("");
  database.exec(
    "PRAGMA journal_mode = OFF; CREATE TABLE name (key BLOB NOT NULL, kind TEXT NOT NULL) STRICT",
  );
  const insert = database.prepare("INSERT INTO name VALUES (?, ?)");
  const ordered = database.prepare("SELECT key, kind FROM name ORDER BY key");
  ordered.setReturnArrays(true);
  const all = database.prepare("SELECT key, kind FROM name");
  all.setReturnArrays(true);
  return {
    add: (names) =>
      inTransaction(database, () => {
        for (const [key, kind] of names) insert.run(key, kind);
      }),
    sorted: () => ordered.iterate() as unknown as Iterable<readonly [Uint8Array, string]>,
    unsorted: () => all.iterate() as unknown as Iterable<readonly [Uint8Array, string]>,
    close: () => {
      if (database.isOpen) database.close();
    },
  };
}
