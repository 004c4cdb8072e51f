import { existsSync } from "node:fs";
import { DatabaseSync } from "node:sqlite";
import { UserError } from "../errors.ts";
import { version as clipbookVersion } from "../version.ts";
import { maybeMakerOf, migrateDatabase, pragma } from "./migrateDatabase.ts";
import { applicationId, migrations } from "./migrations.ts";

/** How long a writer waits for another one before it gives up, unless told otherwise. */
const defaultBusyTimeoutMs = 5_000;

/** How a study is opened. */
export interface OpenOptions {
  /** Refuse a folder without a study. */
  readonly mustExist?: boolean;
  /** How long a writer waits for another one before it gives up. */
  readonly busyTimeoutMs?: number;
}

/**
 * Opens a study's database, brings it to this version's schema, and sets it up so that a crash loses at most the
 * transaction under way.
 * @throws UserError when the file is no study, is held by another writer, or is of a later Clipbook
 */
export function openDatabase(path: string, options: OpenOptions = {}): DatabaseSync {
  const { mustExist = false, busyTimeoutMs = defaultBusyTimeoutMs } = options;
  if (mustExist && !existsSync(path)) {
    throw new UserError(`${path}: there is no study here`, {
      hint: "run clipbook classify first, or name the study's folder with --study DIR",
    });
  }
  let database: DatabaseSync | undefined;
  try {
    database = new DatabaseSync(path, { timeout: busyTimeoutMs });
    requireStudy(database, path);
    // Takes effect in a new database only. An embedding of 2 kB and more fills a page of SQLite's usual 4 kB alone.
    database.exec("PRAGMA page_size = 16384");
    useWriteAheadLog(database, busyTimeoutMs);
    database.exec("PRAGMA synchronous = NORMAL; PRAGMA foreign_keys = ON");
    migrateDatabase(database, path);
    return database;
  } catch (error) {
    database?.close();
    throw explained(error, path);
  }
}

function requireStudy(database: DatabaseSync, path: string): void {
  // In this order: the tables and the id come together, perhaps from another process between these two lines.
  const tables = database.prepare("SELECT count(*) AS n FROM sqlite_schema").get() as { n: number };
  const id = pragma(database, "application_id");
  if (id !== applicationId && !(id === 0 && tables.n === 0)) {
    throw new UserError(`${path}: this database is no Clipbook study`, {
      hint: "choose another folder with --study DIR",
    });
  }
  const version = pragma(database, "user_version");
  if (version < 0) throw damaged(path, `schema ${version}`, undefined);
  if (version > migrations.length) {
    const needed = maybeMakerOf(database, version);
    throw new UserError(
      `${path}: this study was written by a later version of Clipbook (schema ${version})`,
      {
        hint: `update Clipbook${needed === undefined ? "" : ` to ${needed} or later`}; this one, ${clipbookVersion}, knows schema ${migrations.length}`,
      },
    );
  }
}

/** SQLite's own waiting does not cover this step, in which a new study's first openers meet. */
function useWriteAheadLog(database: DatabaseSync, busyTimeoutMs: number): void {
  const deadline = performance.now() + busyTimeoutMs;
  for (;;) {
    try {
      database.exec("PRAGMA journal_mode = WAL");
      return;
    } catch (error) {
      if (primaryCode(error) !== busy || performance.now() > deadline) throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 10);
    }
  }
}

// SQLite's primary result codes, https://sqlite.org/rescode.html
const busy = 5;
const readOnly = 8;
const ioError = 10;
const corrupt = 11;
const full = 13;
/** Extended code, SQLITE_IOERR_SHMSIZE: no room for the index of the write-ahead log. */
const noRoomForIndex = 10 | (19 << 8);
const cannotOpen = 14;
const notADatabase = 26;

function primaryCode(error: unknown): number | undefined {
  const code = extendedCode(error);
  return code === undefined ? undefined : code & 0xff;
}

function extendedCode(error: unknown): number | undefined {
  return error instanceof Error && "errcode" in error ? Number(error.errcode) : undefined;
}

/** A SQLite error that the user can mend as a UserError; any other unchanged. */
export function explained(error: unknown, path: string): unknown {
  const cause = error;
  switch (extendedCode(error) === noRoomForIndex ? full : primaryCode(error)) {
    case busy:
      return new UserError(`${path}: another Clipbook is writing to this study`, {
        hint: "wait until it is done, or use another folder with --study DIR",
        cause,
      });
    case readOnly:
    case cannotOpen:
      return new UserError(`${path}: the study's database cannot be written here`, {
        hint: "check that the folder exists and that you may write to it, or choose another with --study DIR",
        cause,
      });
    case full:
      return new UserError(`${path}: the disk is full`, {
        hint: "make room and try again",
        cause,
      });
    case corrupt:
    case ioError:
      return damaged(path, (error as Error).message, cause);
    case notADatabase:
      return new UserError(`${path}: this file is no SQLite database`, {
        hint: "move it away, or choose another folder with --study DIR",
        cause,
      });
    default:
      // A damaged header that SQLite has no code for.
      if (error instanceof Error && error.message === "unsupported file format")
        return damaged(path, error.message, cause);
      return error;
  }
}

function damaged(path: string, why: string, cause: unknown): UserError {
  return new UserError(`${path}: the study's database is damaged, or its disk is: ${why}`, {
    hint: "restore a copy of it, or move it away; the pictures themselves are not touched",
    cause,
  });
}
