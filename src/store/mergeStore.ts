import type { DatabaseSync } from "node:sqlite";
import type { FileState } from "./imageStore.ts";

/** What became of a vector that was to be merged. */
export type MergedVector = "new" | "same" | "differs";

/**
 * Writes what another study holds. Where two studies differ about the same thing, what stays hangs on the two alone and not on
 * which came first: so any order of merging, and merging again, gives the same content.
 */
export interface MergeStore {
  /** Stores a vector, little endian; of two different ones the smaller by bytes stays. */
  saveVector(encoderId: number, view: string, imageId: number, vector: Uint8Array): MergedVector;
  /** The same for the vector of a text. */
  saveText(encoderId: number, text: string, vector: Uint8Array): MergedVector;
  /** Stores what a file was when it was read; of two states of one path the later stays. Whether it is new. */
  saveFile(file: FileState, sha256: Uint8Array): boolean;
}

/** @throws Error of SQLite */
export function openMergeStore(database: DatabaseSync): MergeStore {
  const vectors = {
    insert: database.prepare(
      "INSERT INTO embedding (vector, encoder_id, view, image_id) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING",
    ),
    select: database.prepare(
      "SELECT vector FROM embedding WHERE encoder_id = ? AND view = ? AND image_id = ?",
    ),
    update: database.prepare(
      "UPDATE embedding SET vector = ? WHERE encoder_id = ? AND view = ? AND image_id = ?",
    ),
  };
  const texts = {
    insert: database.prepare(
      "INSERT INTO text_embedding (vector, encoder_id, text) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
    ),
    select: database.prepare("SELECT vector FROM text_embedding WHERE encoder_id = ? AND text = ?"),
    update: database.prepare("UPDATE text_embedding SET vector = ? WHERE encoder_id = ? AND text = ?"),
  };
  const insertFile = database.prepare(`
    INSERT INTO file (path, size_bytes, modified_ns, image_id)
    SELECT ?1, ?2, ?3, id FROM image WHERE sha256 = ?4
    ON CONFLICT (path) DO UPDATE SET
      size_bytes = excluded.size_bytes, modified_ns = excluded.modified_ns, image_id = excluded.image_id
    WHERE (excluded.modified_ns, excluded.size_bytes, ?4)
      > (file.modified_ns, file.size_bytes, (SELECT sha256 FROM image WHERE id = file.image_id))`);
  const save = (
    { insert, select, update }: typeof vectors,
    vector: Uint8Array,
    key: readonly (number | string)[],
  ): MergedVector => {
    if (Number(insert.run(vector, ...key).changes) === 1) return "new";
    const order = Buffer.compare(vector, select.get(...key)?.vector as Uint8Array);
    if (order === 0) return "same";
    if (order < 0) update.run(vector, ...key);
    return "differs";
  };
  return {
    saveVector: (encoderId, view, imageId, vector) => save(vectors, vector, [encoderId, view, imageId]),
    saveText: (encoderId, text, vector) => save(texts, vector, [encoderId, text]),
    saveFile: ({ path, sizeBytes, modifiedNs }, sha256) =>
      Number(insertFile.run(path, sizeBytes, modifiedNs, sha256).changes) === 1,
  };
}
