import { existsSync, statSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { pathToFileURL } from "node:url";
import { UserError } from "../errors.ts";
import { version as clipbookVersion } from "../version.ts";
import type { EncoderRecord } from "./embeddingStore.ts";
import { holdSource } from "./holdSource.ts";
import type { FileState, StoredImage } from "./imageStore.ts";
import { type Indexing, toIndexing } from "./indexingStore.ts";
import { maybeMakerOf, pragma } from "./migrateDatabase.ts";
import { applicationId, migrations } from "./migrations.ts";
import { explained } from "./openDatabase.ts";

/** A vector as a study stores it, little endian. */
export interface StoredVector {
  readonly imageId: number;
  readonly vector: Uint8Array;
}

/** What a study holds that is not merged. */
export type KeptParts = Readonly<Record<"runs" | "verdicts" | "samples" | "codings" | "imports", number>>;

/** A study that is read to be merged into another; nothing in it is changed. Close it when done. */
export interface MergeSource {
  /** As the user named it. */
  readonly shown: string;
  /** Tells one database's file from another, whatever leads to it. */
  readonly identity: string;
  indexings(): readonly Indexing[];
  encoders(): readonly (EncoderRecord & { readonly id: number })[];
  /** The encoders and views that there are embeddings of. */
  embedded(): readonly { readonly encoderId: number; readonly view: string }[];
  kept(): KeptParts;
  countImages(): number;
  /** Images in the order of their ids, from the one behind `after` on. */
  images(after: number, limit: number): readonly StoredImage[];
  /** Vectors of the images from id `first` to `last`. */
  vectors(encoderId: number, view: string, first: number, last: number): readonly StoredVector[];
  /** Files in the order of their paths, from the one behind `after` on, with the digests of their images. */
  files(after: string, limit: number): readonly (FileState & { readonly sha256: Uint8Array })[];
  /** Texts in the order of an encoder's texts, from the one behind `after` on. */
  texts(
    encoderId: number,
    after: string,
    limit: number,
  ): readonly { readonly text: string; readonly vector: Uint8Array }[];
  close(): void;
}

/**
 * Opens a study for merging: for reading alone, and held, so that nobody indexes in it meanwhile.
 * @throws UserError when there is no study of this version's schema, it is damaged, or another Clipbook works in it
 */
export function openMergeSource(shown: string): MergeSource {
  const path = join(shown, "clipbook.db");
  if (!existsSync(path)) {
    throw new UserError(`${path}: there is no study here`, {
      hint: "name folders that clipbook index wrote to with --study",
    });
  }
  const hold = holdSource(shown);
  let database: DatabaseSync | undefined;
  try {
    database = openToRead(path);
    requireSchema(database, shown);
    return explainingSource(sourceOf(database, shown, path, hold.release), path);
  } catch (error) {
    database?.close();
    hold.release();
    throw aboutSource(error, path);
  }
}

/**
 * Where nothing waits in a log the file alone is read, which works on disks that cannot be written, too, and leaves no file
 * beside it; else SQLite needs the log.
 */
function openToRead(path: string): DatabaseSync {
  const waits = ["-wal", "-journal"].some(
    (ending) => (statSync(path + ending, { throwIfNoEntry: false })?.size ?? 0) > 0,
  );
  const url = pathToFileURL(path);
  if (!waits) url.search = "immutable=1";
  const database = new DatabaseSync(url, { readOnly: true });
  // Opened, a file is not looked at yet.
  pragma(database, "user_version");
  return database;
}

/** SQLite explains faults as those of a study that is written to; this one is only read. */
function aboutSource(error: unknown, path: string): unknown {
  const known = explained(error, path);
  if (!(known instanceof UserError) || !/cannot be written here$/.test(known.message)) return known;
  return new UserError(`${path}: this study was cut off, and what it wrote last cannot be read here`, {
    hint: "run its clipbook index command again where its folder can be written",
    cause: error,
  });
}

function requireSchema(database: DatabaseSync, shown: string): void {
  if (pragma(database, "application_id") !== applicationId) {
    throw new UserError(`${join(shown, "clipbook.db")}: this database is no Clipbook study`, {
      hint: "name folders that clipbook index wrote to with --study",
    });
  }
  const version = pragma(database, "user_version");
  if (version === migrations.length) return;
  if (version > migrations.length) {
    const needed = maybeMakerOf(database, version);
    throw new UserError(
      `${shown}: this study was written by a later version of Clipbook (schema ${version})`,
      {
        hint: `update Clipbook${needed === undefined ? "" : ` to ${needed} or later`}; this one is ${clipbookVersion}`,
      },
    );
  }
  throw new UserError(
    `${shown}: this study was written by an earlier version of Clipbook (schema ${version})`,
    {
      hint: "run its clipbook index command again with this version: that brings it up and embeds nothing anew",
    },
  );
}

function sourceOf(database: DatabaseSync, shown: string, path: string, release: () => void): MergeSource {
  const count = (table: string) =>
    (database.prepare(`SELECT count(*) AS n FROM ${table}`).get() as { n: number }).n;
  const images = database.prepare(
    "SELECT * FROM image WHERE id > ? AND format <> 'imported' ORDER BY id LIMIT ?",
  );
  const vectors = database.prepare(`
    SELECT image_id AS imageId, vector FROM embedding
    WHERE encoder_id = ? AND view = ? AND image_id BETWEEN ? AND ?`);
  const files = database.prepare(`
    SELECT f.path, f.size_bytes, CAST(f.modified_ns AS TEXT) AS modified_ns, i.sha256
    FROM file AS f JOIN image AS i ON i.id = f.image_id WHERE f.path > ? ORDER BY f.path LIMIT ?`);
  const texts = database.prepare(`
    SELECT text, vector FROM text_embedding WHERE encoder_id = ? AND text > ? ORDER BY text LIMIT ?`);
  const { dev, ino } = statSync(path, { bigint: true });
  return {
    shown,
    identity: `${dev} ${ino}`,
    indexings: () => database.prepare("SELECT * FROM indexing ORDER BY id").all().map(toIndexing),
    encoders: () =>
      database
        .prepare("SELECT * FROM encoder WHERE id NOT IN (SELECT encoder_id FROM embedding_import)")
        .all()
        .map((row) => ({
          id: row.id as number,
          identity: row.identity as string,
          family: row.family as string,
          precision: row.precision as string,
          files: JSON.parse(row.files as string) as EncoderRecord["files"],
        })),
    embedded: () =>
      database.prepare("SELECT DISTINCT encoder_id AS encoderId, view FROM embedding").all() as unknown as {
        encoderId: number;
        view: string;
      }[],
    kept: () => ({
      runs: count("run WHERE completed_at IS NOT NULL"),
      verdicts: count("verdict"),
      samples: count("sample"),
      codings: count("coding"),
      imports: count("embedding_import WHERE completed_at IS NOT NULL"),
    }),
    countImages: () => count("image WHERE format <> 'imported'"),
    images: (after, limit) =>
      images.all(after, limit).map((row) => ({
        id: row.id as number,
        sha256: row.sha256 as Uint8Array,
        sizeBytes: row.size_bytes as number,
        format: row.format as string,
        widthPx: row.width_px as number,
        heightPx: row.height_px as number,
        warning: (row.warning as string | null) ?? undefined,
      })),
    vectors: (encoderId, view, first, last) =>
      vectors.all(encoderId, view, first, last) as unknown as StoredVector[],
    files: (after, limit) =>
      files.all(after, limit).map((row) => ({
        path: row.path as string,
        sizeBytes: row.size_bytes as number,
        modifiedNs: BigInt(row.modified_ns as string),
        sha256: row.sha256 as Uint8Array,
      })),
    texts: (encoderId, after, limit) =>
      texts.all(encoderId, after, limit) as unknown as { text: string; vector: Uint8Array }[],
    close: () => {
      if (database.isOpen) database.close();
      release();
    },
  };
}

/** The same source, whose SQLite errors say which study is damaged. */
function explainingSource(source: MergeSource, path: string): MergeSource {
  const guarded = Object.entries(source).map(([name, member]) => {
    if (typeof member !== "function") return [name, member];
    return [
      name,
      (...args: unknown[]) => {
        try {
          return (member as (...args: unknown[]) => unknown)(...args);
        } catch (error) {
          throw aboutSource(error, path);
        }
      },
    ];
  });
  return Object.fromEntries(guarded) as MergeSource;
}
