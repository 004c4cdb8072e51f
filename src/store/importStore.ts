import type { DatabaseSync, SQLOutputValue } from "node:sqlite";
import type { UnitFailure } from "./runStore.ts";

/** Where imported embeddings come from, and what Clipbook was told to believe of them. */
export interface ImportOrigin {
  /** The encoder that they are said to be of. */
  readonly believed: {
    readonly name: string;
    readonly identity: string;
    readonly precision: string;
    /** Where its folder was, for one that is not registered. */
    readonly modelFolder?: string | undefined;
  };
  /** The folder's last name. */
  readonly folder: string;
  readonly layout: string;
  /** Of the numbers in the files: `float16`. */
  readonly numberType: string;
  readonly dim: number;
  readonly imageColumn: string;
  readonly vectorColumn?: string | undefined;
  /** The folder that relative names were looked for in. */
  readonly imagesFolder?: string | undefined;
  /** SHA-256 over the names and digests of all files. */
  readonly filesDigest: string;
  readonly files: number;
  readonly vectors: number;
  /** How many were scaled to length 1. */
  readonly normalised: number;
  /** How many are zero, and so no direction. */
  readonly zero: number;
  readonly clipbookVersion: string;
}

/** An import as the study has it. */
export interface EmbeddingImport {
  readonly id: number;
  readonly name: string;
  readonly digest: string;
  readonly encoderId: number;
  readonly view: string;
  readonly origin: ImportOrigin;
  readonly startedAt: string;
  /** undefined for one that was cut off. */
  readonly completedAt: string | undefined;
}

/** Rows of an import, one after the other. */
export interface ImportedRows {
  /** `[path, name]` of each. */
  readonly units: readonly (readonly [path: string, name: string])[];
  /** By index into `units`: what has no image. */
  readonly failures: ReadonlyMap<number, UnitFailure>;
}

/** The study's imports. */
export interface ImportStore {
  start(spec: Omit<EmbeddingImport, "id" | "completedAt">): number;
  /** How many rows are stored. */
  count(importId: number): number;
  /**
   * Adds rows at the positions from `from` on, each with an image of its own.
   * @returns the id of the first row's image; the others follow, also those of rows that failed, which are not given away
   */
  addRows(importId: number, digest: string, from: number, rows: ImportedRows): number;
  setOrigin(importId: number, origin: ImportOrigin): void;
  complete(importId: number, completedAt: string): void;
  /** Removes rows of an import that was never completed, at most `limit`, and itself at the end; whether there are more. */
  removeSome(importId: number, limit: number): boolean;
  unfinished(): readonly EmbeddingImport[];
  /** Completed ones, the oldest first. */
  list(): readonly EmbeddingImport[];
  /** The completed import whose embeddings an encoder's id stands for. */
  maybeOfEncoder(encoderId: number): EmbeddingImport | undefined;
  /** Adds an import's units, images and failures to a run, at the positions from `from` on, at most `limit`; how many there were. */
  copyUnits(runId: number, importId: number, from: number, limit: number): number;
}

/** @throws Error of SQLite */
export function openImportStore(database: DatabaseSync): ImportStore {
  const insert = database.prepare(`
    INSERT INTO embedding_import (name, digest, encoder_id, view, origin, started_at)
    VALUES (?, ?, ?, ?, ?, ?) RETURNING id`);
  const last = database.prepare("SELECT max(position) AS position FROM imported_unit WHERE import_id = ?");
  const imageAt = database.prepare("SELECT id FROM image WHERE sha256 = unhex(? || printf('%016x', ?))");
  // Beyond all blocks, too: the last rows of one may have failed, and their numbers must not be given to others.
  const nextImage = database.prepare(`
    SELECT max(
      (SELECT coalesce(max(id), 0) + 1 FROM image),
      coalesce((
        SELECT first_image_id + count FROM embedding_block
        WHERE encoder_id = (SELECT encoder_id FROM embedding_import WHERE id = ?) ORDER BY first_image_id DESC LIMIT 1
      ), 0)) AS id`);
  const nextUnit = database.prepare("SELECT coalesce(max(id), 0) + 1 AS id FROM unit");
  // An image without content is known by its import and its place there: in the order of rows, so that the index grows at its end.
  const insertImages = database.prepare(`
    INSERT INTO image (id, sha256, size_bytes, format, width_px, height_px)
    SELECT ? + key, unhex(? || printf('%016x', ? + key)), 0, 'imported', 0, 0 FROM json_each(?) WHERE value->>2 IS NULL`);
  const insertUnits = database.prepare(`
    INSERT INTO unit (id, path, name, row_number) SELECT ? + key, value->>0, value->>1, ? + key + 1 FROM json_each(?) WHERE true
    ON CONFLICT DO NOTHING`);
  const rowColumns = (unitId: string) =>
    `SELECT ?1, ?2 + j.key, ${unitId}, iif(j.value->>2 IS NULL, ?3 + j.key, NULL), j.value->>2, j.value->>3`;
  const insertNewRows = database.prepare(`
    INSERT INTO imported_unit ${rowColumns("?4 + j.key")} FROM json_each(?5) AS j`);
  const insertKnownRows = database.prepare(`
    INSERT INTO imported_unit ${rowColumns("u.id")} FROM json_each(?4) AS j
    JOIN unit AS u ON u.path = j.value->>0 AND u.name = j.value->>1 AND u.row_number = ?2 + j.key + 1`);
  const setOrigin = database.prepare("UPDATE embedding_import SET origin = ? WHERE id = ?");
  const setComplete = database.prepare("UPDATE embedding_import SET completed_at = ? WHERE id = ?");
  const byId = database.prepare("SELECT * FROM embedding_import WHERE id = ? AND completed_at IS NULL");
  // From the end, so that what is left is still a beginning.
  const removeRows = database.prepare(`
    DELETE FROM imported_unit WHERE import_id = ? AND position IN
      (SELECT position FROM imported_unit WHERE import_id = ? ORDER BY position DESC LIMIT ?)`);
  const removeBlocks = database.prepare(`
    DELETE FROM embedding_block WHERE id IN
      (SELECT id FROM embedding_block WHERE encoder_id = ? ORDER BY first_image_id DESC LIMIT ?)`);
  const removeImport = database.prepare("DELETE FROM embedding_import WHERE id = ?");
  const removeEncoder = database.prepare("DELETE FROM encoder WHERE id = ?");
  const all = database.prepare("SELECT * FROM embedding_import ORDER BY id");
  const byEncoder = database.prepare(
    "SELECT * FROM embedding_import WHERE encoder_id = ? AND completed_at IS NOT NULL",
  );
  const copy = database.prepare(`
    INSERT INTO prediction (run_id, position, unit_id, image_id, failure_code, failure_sentence)
    SELECT ?, position, unit_id, image_id, failure_code, failure_sentence FROM imported_unit
    WHERE import_id = ? AND position >= ? ORDER BY position LIMIT ?`);
  const list = () => all.all().map(toImport);
  return {
    start: ({ name, digest, encoderId, view, origin, startedAt }) =>
      (insert.get(name, digest, encoderId, view, JSON.stringify(origin), startedAt) as { id: number }).id,
    count: (importId) => ((last.get(importId)?.position as number | null) ?? -1) + 1,
    addRows: (importId, digest, from, { units, failures }) => {
      const rows = JSON.stringify(
        units.map(([path, name], i) => {
          const unit = [path.toWellFormed(), name.toWellFormed()];
          const failure = failures.get(i);
          return failure === undefined ? unit : [...unit, failure.code, failure.sentence];
        }),
      );
      const ofDigest = digest.slice(0, 48);
      // Images of an import that was cut off and removed are still there: to look whether anything shows one takes too long.
      const firstWhole = units.findIndex((_, i) => !failures.has(i));
      const known = imageAt.get(ofDigest, from + Math.max(0, firstWhole))?.id as number | undefined;
      const firstImage =
        known === undefined
          ? (nextImage.get(importId) as { id: number }).id
          : known - Math.max(0, firstWhole);
      const firstUnit = (nextUnit.get() as { id: number }).id;
      if (known === undefined) insertImages.run(firstImage, ofDigest, from, rows);
      const areNew = insertUnits.run(firstUnit, from, rows).changes === units.length;
      const { changes } = areNew
        ? insertNewRows.run(importId, from, firstImage, firstUnit, rows)
        : insertKnownRows.run(importId, from, firstImage, rows);
      if (changes !== units.length) throw new RangeError(`${changes} of ${units.length} rows were stored`);
      return firstImage;
    },
    setOrigin: (importId, origin) => {
      setOrigin.run(JSON.stringify(origin), importId);
    },
    complete: (importId, completedAt) => {
      setComplete.run(completedAt, importId);
    },
    removeSome: (importId, limit) => {
      const row = byId.get(importId);
      if (row === undefined) throw new RangeError(`import ${importId} is not there or is complete`);
      const encoderId = row.encoder_id as number;
      const blocks = removeBlocks.run(encoderId, limit).changes;
      const rows = removeRows.run(importId, importId, limit).changes;
      if (rows > 0 || blocks > 0) return true;
      removeImport.run(importId);
      removeEncoder.run(encoderId);
      return false;
    },
    unfinished: () => list().filter(({ completedAt }) => completedAt === undefined),
    list: () => list().filter(({ completedAt }) => completedAt !== undefined),
    maybeOfEncoder: (encoderId) => {
      const row = byEncoder.get(encoderId);
      return row && toImport(row);
    },
    copyUnits: (runId, importId, from, limit) => Number(copy.run(runId, importId, from, limit).changes),
  };
}

function toImport(row: Record<string, SQLOutputValue>): EmbeddingImport {
  return {
    id: row.id as number,
    name: row.name as string,
    digest: row.digest as string,
    encoderId: row.encoder_id as number,
    view: row.view as string,
    origin: JSON.parse(row.origin as string) as ImportOrigin,
    startedAt: row.started_at as string,
    completedAt: (row.completed_at as string | null) ?? undefined,
  };
}
