import type { DatabaseSync } from "node:sqlite";

/** How a transaction is committed. */
export interface TransactionOptions {
  /** Wait until it is on the disk: a few milliseconds, for what took a person seconds. */
  readonly onDisk?: boolean;
}

/** Runs `work` in one transaction: all of it is stored, or nothing. */
export function inTransaction<T>(
  database: DatabaseSync,
  work: () => T,
  { onDisk = false }: TransactionOptions = {},
): T {
  const usual = onDisk ? database.prepare("PRAGMA synchronous").get()?.synchronous : undefined;
  if (onDisk) database.exec("PRAGMA synchronous = FULL");
  try {
    database.exec("BEGIN IMMEDIATE");
    try {
      const value = work();
      database.exec("COMMIT");
      return value;
    } catch (error) {
      if (database.isTransaction) database.exec("ROLLBACK");
      throw error;
    }
  } finally {
    if (onDisk) database.exec(`PRAGMA synchronous = ${usual}`);
  }
}
