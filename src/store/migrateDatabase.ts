import { closeSync, existsSync, fsyncSync, linkSync, openSync, renameSync, rmSync } from "node:fs";
import { dirname } from "node:path";
import type { DatabaseSync } from "node:sqlite";
import { isErrorCode } from "../errorCode.ts";
import { temporaryPath } from "../temporaryFile.ts";
import { version as clipbookVersion } from "../version.ts";
import { createPrivately } from "./createPrivately.ts";
import { inTransaction } from "./inTransaction.ts";
import { applicationId, migrations } from "./migrations.ts";

/** From this schema version on, the database notes which Clipbook made each step. */
const firstNotedVersion = 2;

/**
 * Brings a database to this version's schema, step by step; a copy of an older one is kept beside it first.
 * @throws Error of SQLite or the system, with the database as it was or between two steps
 */
export function migrateDatabase(database: DatabaseSync, path: string): void {
  const version = () => pragma(database, "user_version");
  if (version() > 0 && version() < migrations.length) keepCopy(database, path, version());
  const takeStep = () => {
    // Read again: another process may have made this very step while this one waited for its turn.
    const step = version();
    if (step >= migrations.length) return;
    database.exec(migrations[step] as string);
    if (step + 1 >= firstNotedVersion) {
      database
        .prepare("INSERT INTO schema_step VALUES (?, ?, strftime('%Y-%m-%dT%H:%M:%fZ', 'now'))")
        .run(step + 1, clipbookVersion);
    }
    database.exec(`PRAGMA application_id = ${applicationId}; PRAGMA user_version = ${step + 1}`);
  };
  // A new one has all steps or none: between two it would be taken for an older study, and a copy of nothing be kept.
  if (version() === 0) inTransaction(database, () => migrations.forEach(takeStep));
  while (version() < migrations.length) inTransaction(database, takeStep);
}

/**
 * Keeps a whole copy of an older study beside it before anything in it is changed. The copy has its name only when it is
 * complete, and never takes another copy's.
 */
function keepCopy(database: DatabaseSync, path: string, version: number): void {
  const temporary = temporaryPath(dirname(path));
  createPrivately(temporary);
  try {
    database.prepare("VACUUM INTO ?").run(temporary);
    // Another process may have brought the study up while this one waited: then what was copied is no longer the old one.
    if (pragma(database, "user_version") === version) giveName(temporary, path, version);
  } finally {
    rmSync(temporary, { force: true });
  }
}

/** Gives the copy the first name that is free, once its bytes are on the disk: SQLite leaves them to the system. */
function giveName(temporary: string, path: string, version: number): void {
  const file = openSync(temporary, "r+");
  fsyncSync(file);
  closeSync(file);
  for (let number = 1; ; number++) {
    const name = path.replace(/(\.db)?$/, `.schema-${version}${number === 1 ? "" : `-${number}`}.db`);
    if (existsSync(name)) continue;
    try {
      linkSync(temporary, name);
      return;
    } catch (error) {
      if (isErrorCode(error, "EEXIST")) continue;
      // Disks without hard links.
      renameSync(temporary, name);
      return;
    }
  }
}

/** The version of Clipbook that made a schema version, where the database notes it. */
export function maybeMakerOf(database: DatabaseSync, version: number): string | undefined {
  const isNoted = database.prepare("SELECT 1 FROM sqlite_schema WHERE name = 'schema_step'").get();
  if (isNoted === undefined) return undefined;
  const step = database.prepare("SELECT clipbook_version FROM schema_step WHERE version = ?").get(version);
  return step?.clipbook_version as string | undefined;
}

/** A number that SQLite keeps in the database's header. */
export function pragma(database: DatabaseSync, name: "application_id" | "user_version"): number {
  return (database.prepare(`PRAGMA ${name}`).get() as Record<string, number>)[name] as number;
}
