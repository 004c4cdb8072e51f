import { rmSync } from "node:fs";
import { DatabaseSync } from "node:sqlite";
import { createPrivately } from "./createPrivately.ts";
import { fileSystemType } from "./fileSystemType.ts";
import { journalModeFor } from "./journalMode.ts";
import { setJournal } from "./setJournal.ts";

/** `PRAGMA application_id` of a thumbnail cache: "Thmb" in ASCII. */
const applicationId = 0x54686d62;

/** How long a save waits for another Clipbook that writes to the same file: hardly, for a thumbnail can be made again. */
const busyTimeoutMs = 200;

/** Thumbnails by image and size, in a file of their own that may be removed at any time. It never throws. */
export interface ThumbnailCache {
  /** A JPEG; undefined where none is kept, or what is kept is none. */
  maybeGet(sha256: Uint8Array, boxPx: number): Uint8Array | undefined;
  save(sha256: Uint8Array, boxPx: number, jpeg: Uint8Array): void;
  close(): void;
}

/**
 * Opens the cache; a damaged one is made anew. Where it cannot be read or written, the thumbnails are not kept, and nothing else
 * changes.
 * @param onTrouble told, once, why thumbnails are not kept
 */
export function openThumbnailCache(path: string, onTrouble: (why: string) => void): ThumbnailCache {
  let cache: OpenCache | undefined;
  let hasStarted = false;
  const giveUp = (error: unknown) => {
    cache?.database.close();
    cache = undefined;
    onTrouble(error instanceof Error ? error.message : String(error));
  };
  const startAnew = () => {
    cache?.database.close();
    cache = undefined;
    try {
      removeFiles(path);
      cache = openFile(path);
    } catch (error) {
      giveUp(error);
    }
  };
  const mend = (error: unknown) => {
    // Somebody else is writing: this one thumbnail is not kept.
    if (codeOf(error) === busy) return;
    if (isDamage(error)) startAnew();
    else giveUp(error);
  };
  const start = () => {
    hasStarted = true;
    try {
      cache = openFile(path);
    } catch (error) {
      mend(error);
    }
  };
  const using = <To>(work: (cache: OpenCache) => To): To | undefined => {
    if (!hasStarted) start();
    if (cache === undefined) return undefined;
    try {
      return work(cache);
    } catch (error) {
      mend(error);
      return undefined;
    }
  };
  return {
    maybeGet: (sha256, boxPx) =>
      using(({ select }) => {
        const jpeg = select.get(sha256, boxPx)?.jpeg as Uint8Array | undefined;
        return jpeg !== undefined && isWholeJpeg(jpeg) ? jpeg : undefined;
      }),
    save: (sha256, boxPx, jpeg) => {
      using(({ insert }) => insert.run(sha256, boxPx, jpeg));
    },
    close: () => {
      cache?.database.close();
      cache = undefined;
      hasStarted = true;
    },
  };
}

interface OpenCache {
  readonly database: DatabaseSync;
  readonly select: ReturnType<DatabaseSync["prepare"]>;
  readonly insert: ReturnType<DatabaseSync["prepare"]>;
}

/** @throws Error of SQLite */
function openFile(path: string): OpenCache {
  createPrivately(path);
  const database = new DatabaseSync(path, { timeout: busyTimeoutMs });
  try {
    const mode = journalModeFor(fileSystemType(path));
    setJournal(database, mode, busyTimeoutMs, () => database.exec("PRAGMA page_size = 8192"));
    // What a crash loses can be made again: nothing waits for the disk.
    database.exec(`
      PRAGMA synchronous = OFF;
      CREATE TABLE IF NOT EXISTS thumbnail (
        sha256 BLOB NOT NULL, box_px INTEGER NOT NULL, jpeg BLOB NOT NULL, UNIQUE (sha256, box_px)
      ) STRICT;
      PRAGMA application_id = ${applicationId}`);
    return {
      database,
      select: database.prepare("SELECT jpeg FROM thumbnail WHERE sha256 = ? AND box_px = ?"),
      insert: database.prepare(`
        INSERT INTO thumbnail (sha256, box_px, jpeg) VALUES (?, ?, ?)
        ON CONFLICT DO UPDATE SET jpeg = excluded.jpeg`),
    };
  } catch (error) {
    database.close();
    throw error;
  }
}

// SQLite's primary result codes, https://sqlite.org/rescode.html
const genericError = 1;
const busy = 5;
const corrupt = 11;
const notADatabase = 26;

function codeOf(error: unknown): number | undefined {
  return error instanceof Error && "errcode" in error ? Number(error.errcode) & 0xff : undefined;
}

/** Whether the file is to blame, and a new one would do. */
function isDamage(error: unknown): boolean {
  return [genericError, corrupt, notADatabase].includes(codeOf(error) ?? -1);
}

function removeFiles(path: string): void {
  for (const end of ["", "-wal", "-shm", "-journal"]) rmSync(`${path}${end}`, { force: true });
}

/** Begins with the start of an image and ends with its end (ITU-T T.81, B.1.1.3): SQLite has no checksums of its own. */
function isWholeJpeg(bytes: Uint8Array): boolean {
  const { length } = bytes;
  return bytes[0] === 0xff && bytes[1] === 0xd8 && bytes[length - 2] === 0xff && bytes[length - 1] === 0xd9;
}
