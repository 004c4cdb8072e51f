import { existsSync } from "node:fs";
import { DatabaseSync } from "node:sqlite";
import { UserError } from "../errors.ts";
import { version as clipbookVersion } from "../version.ts";
import { createPrivately } from "./createPrivately.ts";
import { fileSystemType } from "./fileSystemType.ts";
import { type JournalMode, journalModeFor, maybeSharedDisk } from "./journalMode.ts";
import { maybeMakerOf, migrateDatabase, pragma } from "./migrateDatabase.ts";
import { applicationId, migrations } from "./migrations.ts";
import { setJournal } from "./setJournal.ts";

/** How long a writer waits for another one before it gives up, unless told otherwise. */
const defaultBusyTimeoutMs = 5_000;

/** The same where writers wait for readers, too. */
const sharedBusyTimeoutMs = 30_000;

/** How a study is opened. */
export interface OpenOptions {
  /** Refuse a folder without a study. */
  readonly mustExist?: boolean;
  /** How long a writer waits for another one before it gives up. */
  readonly busyTimeoutMs?: number;
  /** As statfs(2) numbers the disk's kind; by default that of the disk where the database lies. */
  readonly fsType?: number;
}

/**
 * Opens a study's database, brings it to this version's schema, and sets it up so that a crash loses at most the
 * transaction under way.
 * @throws UserError when the file is no study, is held by another writer, or is of a later Clipbook
 */
export function openDatabase(path: string, options: OpenOptions = {}): DatabaseSync {
  const { mustExist = false, fsType = fileSystemType(path) } = options;
  if (mustExist && !existsSync(path)) {
    throw new UserError(`${path}: there is no study here`, {
      hint: "run clipbook classify first, or name the study's folder with --study DIR",
    });
  }
  createPrivately(path);
  const mode = journalModeFor(fsType);
  try {
    return openWith(path, mode, options);
  } catch (error) {
    if (mode === "wal" && sharesNoMemory(error)) return openWith(path, "truncate", options);
    throw explained(error, path, fsType);
  }
}

/** @throws Error of SQLite; UserError for another database than a study of this version or an earlier one */
function openWith(path: string, mode: JournalMode, { busyTimeoutMs }: OpenOptions): DatabaseSync {
  const waitMs = busyTimeoutMs ?? (mode === "wal" ? defaultBusyTimeoutMs : sharedBusyTimeoutMs);
  let database: DatabaseSync | undefined;
  try {
    const opened = new DatabaseSync(path, { timeout: waitMs });
    database = opened;
    setJournal(opened, mode, waitMs, () => {
      requireStudy(opened, path);
      // Takes effect in a new database only. An embedding of 2 kB and more fills a page of SQLite's usual 4 kB alone.
      opened.exec("PRAGMA page_size = 16384");
    });
    // Without a write-ahead log a power cut could damage the database under anything less than FULL.
    opened.exec(`PRAGMA synchronous = ${mode === "wal" ? "NORMAL" : "FULL"}; PRAGMA foreign_keys = ON`);
    migrateDatabase(opened, path);
    return opened;
  } catch (error) {
    database?.close();
    throw error;
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

// SQLite's primary result codes, https://sqlite.org/rescode.html
const busy = 5;
const readOnly = 8;
const ioError = 10;
const corrupt = 11;
const full = 13;
/** Extended code, SQLITE_IOERR_SHMSIZE: no room for the index of the write-ahead log. */
const noRoomForIndex = 10 | (19 << 8);
/** SQLITE_IOERR_SHMOPEN, _SHMLOCK and _SHMMAP: disks whose files cannot be shared memory, such as some behind FUSE. */
const noSharedMemory = [18, 20, 21].map((detail) => 10 | (detail << 8));
const cannotOpen = 14;
const notADatabase = 26;

function primaryCode(error: unknown): number | undefined {
  const code = extendedCode(error);
  return code === undefined ? undefined : code & 0xff;
}

function extendedCode(error: unknown): number | undefined {
  return error instanceof Error && "errcode" in error ? Number(error.errcode) : undefined;
}

function sharesNoMemory(error: unknown): boolean {
  return noSharedMemory.includes(extendedCode(error) ?? 0);
}

/** A SQLite error that the user can mend as a UserError; any other unchanged. */
export function explained(error: unknown, path: string, fsType = fileSystemType(path)): unknown {
  const cause = error;
  switch (extendedCode(error) === noRoomForIndex ? full : primaryCode(error)) {
    case busy:
      return new UserError(`${path}: another Clipbook is writing to this study`, {
        hint: `wait until it is done, or use another folder with --study DIR${lockHint(fsType)}`,
        cause,
      });
    case readOnly:
    case cannotOpen:
      return new UserError(`${path}: the study's database cannot be written here`, {
        hint: "check that the folder exists and that you may write to it and to the clipbook.* files in it (they are for their owner alone), or choose another with --study DIR",
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

function lockHint(fsType: number): string {
  const disk = maybeSharedDisk(fsType);
  // SQLite says "busy" of a disk without locks, too (ENOLCK).
  return disk === undefined ? "" : `; or this disk (${disk}) keeps no locks: then move the study to another`;
}

function damaged(path: string, why: string, cause: unknown): UserError {
  return new UserError(`${path}: the study's database is damaged, or its disk is: ${why}`, {
    hint: "restore a copy of it, or move it away; the pictures themselves are not touched",
    cause,
  });
}
