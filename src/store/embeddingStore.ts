import { endianness } from "node:os";
import type { DatabaseSync } from "node:sqlite";
import { type Embeddings, embeddings } from "../embeddings.ts";
import { damagedEmbedding } from "./damagedEmbedding.ts";
import { openEmbeddingBlocks, type VectorBlock } from "./embeddingBlocks.ts";

/** What identifies an encoder, and what a method section wants to know about it. */
export interface EncoderRecord {
  readonly identity: string;
  readonly family: string;
  readonly precision: string;
  readonly files: readonly {
    readonly name: string;
    readonly bytes: number;
    readonly sha256: string;
    /** The float32 files that Clipbook made an int8 one from. */
    readonly madeFrom?: readonly { readonly name: string; readonly sha256: string }[];
  }[];
}

/** The study's embeddings: vectors never mix between encoders or views. */
export interface EmbeddingStore {
  /** The id of an encoder, stored at its first use. */
  encoderId(encoder: EncoderRecord): number;
  /** @throws RangeError for an unknown id */
  encoder(id: number): EncoderRecord;
  has(encoderId: number, view: string, imageId: number): boolean;
  /**
   * The vectors of images, in the order asked for; the same image may be asked for twice. `n ids -> [n, dim]`
   * @throws RangeError for an image without one
   */
  vectorsOf(encoderId: number, view: string, imageIds: readonly number[]): Embeddings;
  /** Stores unit-length vectors `[dim]`; one that is there already stays as it is. */
  save(
    encoderId: number,
    view: string,
    vectors: Iterable<readonly [imageId: number, vector: Float32Array]>,
  ): void;
  /** Stores vectors from elsewhere, of images that are numbered one after the other from the first on. */
  saveBlock(encoderId: number, firstImageId: number, block: VectorBlock): void;
  /** The vector of a text `[dim]`, if it is stored. */
  maybeOfText(encoderId: number, text: string): Float32Array | undefined;
  saveTexts(encoderId: number, vectors: Iterable<readonly [text: string, vector: Float32Array]>): void;
}

/** @throws Error of SQLite */
export function openEmbeddingStore(database: DatabaseSync): EmbeddingStore {
  const blocks = openEmbeddingBlocks(database);
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
  // One statement for many images: asked for one by one they come at a third of the speed.
  const byImages = database.prepare(`
    SELECT image_id, vector FROM embedding
    WHERE encoder_id = ? AND view = ? AND image_id IN (SELECT value FROM json_each(?))`);
  byImages.setReturnArrays(true);
  // Images are mostly numbered in the order in which runs ask for them: a range comes at twice the speed of a list.
  const byRange = database.prepare(`
    SELECT image_id, vector FROM embedding
    WHERE encoder_id = ? AND view = ? AND image_id BETWEEN ? AND ? ORDER BY image_id`);
  byRange.setReturnArrays(true);
  const rowsOf = (encoderId: number, view: string, imageIds: readonly number[]) => {
    const first = imageIds[0] ?? 0;
    const isRange = imageIds.every((id, i) => id === first + i);
    return (isRange
      ? byRange.all(encoderId, view, first, first + imageIds.length - 1)
      : byImages.all(encoderId, view, JSON.stringify(imageIds))) as unknown as readonly VectorRow[];
  };
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
    vectorsOf: (encoderId, view, imageIds) =>
      blocks.hasBlocks(encoderId)
        ? blocks.vectorsOf(encoderId, imageIds)
        : orderVectors(rowsOf(encoderId, view, imageIds), imageIds),
    save: (encoderId, view, vectors) => {
      for (const [imageId, vector] of vectors) insert.run(encoderId, view, imageId, toBlob(vector));
    },
    saveBlock: blocks.save,
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

type VectorRow = readonly [imageId: number, vector: Uint8Array];

function orderVectors(rows: readonly VectorRow[], imageIds: readonly number[]): Embeddings {
  // Where they differ one was cut short in the file: a whole one tells how long they are.
  const vectorBytes = rows.reduce((most, [, { length }]) => Math.max(most, length), 0);
  const isOdd = ([, { length }]: VectorRow) =>
    length !== vectorBytes || length === 0 || length % Float32Array.BYTES_PER_ELEMENT !== 0;
  const odd = rows.find(isOdd);
  if (odd !== undefined) throw damagedEmbedding(`image ${odd[0]}`);
  const dim = (vectorBytes || Float32Array.BYTES_PER_ELEMENT) / Float32Array.BYTES_PER_ELEMENT;
  const values = new Float32Array(imageIds.length * dim);
  const bytes = new Uint8Array(values.buffer);
  // Images are mostly asked for in the order in which they were stored, and SQLite answers in that order.
  const inOrder = rows.length === imageIds.length && rows.every(([id], i) => id === imageIds[i]);
  const rowOf = inOrder ? undefined : new Map(rows.map(([id], i) => [id, i]));
  imageIds.forEach((id, i) => {
    const row = rows[rowOf === undefined ? i : (rowOf.get(id) ?? -1)];
    if (row === undefined) throw new RangeError(`the study has no embedding of image ${id}`);
    bytes.set(row[1], i * vectorBytes);
  });
  return embeddings(values, dim);
}

/** A vector's bytes, little endian. */
function toBlob(vector: Float32Array): Uint8Array {
  return new Uint8Array(vector.buffer, vector.byteOffset, vector.byteLength);
}

/** A stored vector as numbers. `[dim]` */
function fromBlob(blob: Uint8Array): Float32Array {
  // SQLite's blobs begin anywhere in memory, a Float32Array only at multiples of four.
  return new Float32Array(blob.slice().buffer);
}
