import { endianness } from "node:os";
import type { DatabaseSync } from "node:sqlite";

/** What identifies an encoder, and what a method section wants to know about it. */
export interface EncoderRecord {
  readonly identity: string;
  readonly family: string;
  readonly precision: string;
  readonly files: readonly { readonly name: string; readonly bytes: number; readonly sha256: string }[];
}

/** The study's embeddings: vectors never mix between encoders or views. */
export interface EmbeddingStore {
  /** The id of an encoder, stored at its first use. */
  encoderId(encoder: EncoderRecord): number;
  /** @throws RangeError for an unknown id */
  encoder(id: number): EncoderRecord;
  has(encoderId: number, view: string, imageId: number): boolean;
  /** Stores unit-length vectors `[dim]`; one that is there already stays as it is. */
  save(
    encoderId: number,
    view: string,
    vectors: Iterable<readonly [imageId: number, vector: Float32Array]>,
  ): void;
  /** The vector of a text `[dim]`, if it is stored. */
  maybeOfText(encoderId: number, text: string): Float32Array | undefined;
  saveTexts(encoderId: number, vectors: Iterable<readonly [text: string, vector: Float32Array]>): void;
}

/** @throws Error of SQLite */
export function openEmbeddingStore(database: DatabaseSync): EmbeddingStore {
  const byIdentity = database.prepare("SELECT id FROM encoder WHERE identity = ?");
  const byId = database.prepare("SELECT * FROM encoder WHERE id = ?");
  const insertEncoder = database.prepare(`
    INSERT INTO encoder (identity, family, precision, files)
    VALUES (?, ?, ?, ?) RETURNING id`);
  const known = database.prepare(
    "SELECT 1 FROM embedding WHERE encoder_id = ? AND view = ? AND image_id = ?",
  );
  const insert = database.prepare(
    "INSERT INTO embedding (encoder_id, view, image_id, vector) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING",
  );
  const byText = database.prepare("SELECT vector FROM text_embedding WHERE encoder_id = ? AND text = ?");
  const insertText = database.prepare(
    "INSERT INTO text_embedding (encoder_id, text, vector) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
  );
  return {
    encoderId: (encoder) => {
      const row =
        byIdentity.get(encoder.identity) ??
        insertEncoder.get(encoder.identity, encoder.family, encoder.precision, JSON.stringify(encoder.files));
      return (row as { id: number }).id;
    },
    encoder: (id) => {
      const row = byId.get(id);
      if (row === undefined) throw new RangeError(`the study has no encoder ${id}`);
      return {
        identity: row.identity as string,
        family: row.family as string,
        precision: row.precision as string,
        files: JSON.parse(row.files as string) as EncoderRecord["files"],
      };
    },
    has: (encoderId, view, imageId) => known.get(encoderId, view, imageId) !== undefined,
    save: (encoderId, view, vectors) => {
      for (const [imageId, vector] of vectors) insert.run(encoderId, view, imageId, toBlob(vector));
    },
    maybeOfText: (encoderId, text) => {
      const row = byText.get(encoderId, text);
      return row === undefined ? undefined : fromBlob(row.vector as Uint8Array);
    },
    saveTexts: (encoderId, vectors) => {
      for (const [text, vector] of vectors) insertText.run(encoderId, text, toBlob(vector));
    },
  };
}

// A study may travel between machines; all that Node runs Clipbook's libraries on are little endian.
if (endianness() !== "LE") throw new Error("Clipbook needs a little-endian processor");

/** A vector's bytes, little endian. */
function toBlob(vector: Float32Array): Uint8Array {
  return new Uint8Array(vector.buffer, vector.byteOffset, vector.byteLength);
}

/** A stored vector as numbers. `[dim]` */
export function fromBlob(blob: Uint8Array): Float32Array {
  // SQLite's blobs begin anywhere in memory, a Float32Array only at multiples of four.
  return new Float32Array(blob.slice().buffer);
}
