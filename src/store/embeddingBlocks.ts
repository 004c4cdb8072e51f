import type { DatabaseSync } from "node:sqlite";
import { type Embeddings, embeddings } from "../embeddings.ts";
import { damagedEmbedding } from "./damagedEmbedding.ts";

/** How the numbers of imported vectors are stored. */
export type NumberType = "float16" | "float32";

/** Vectors of images that are numbered one after the other, as they are stored. */
export interface VectorBlock {
  readonly count: number;
  readonly numberType: NumberType;
  /** `[count, dim]`, little endian. */
  readonly bytes: Uint8Array;
}

/** Imported vectors, in blocks; an encoder has either these or vectors of Clipbook's own, one a row. */
export interface EmbeddingBlocks {
  hasBlocks(encoderId: number): boolean;
  /** `n ids -> [n, dim]`, in the order asked for. @throws RangeError for an image without a vector */
  vectorsOf(encoderId: number, imageIds: readonly number[]): Embeddings;
  save(encoderId: number, firstImageId: number, block: VectorBlock): void;
}

/** @throws Error of SQLite */
export function openEmbeddingBlocks(database: DatabaseSync): EmbeddingBlocks {
  const any = database.prepare("SELECT 1 FROM embedding_import WHERE encoder_id = ?");
  const before = database.prepare(`
    SELECT first_image_id, count, number_type, vectors FROM embedding_block
    WHERE encoder_id = ? AND first_image_id <= ? ORDER BY first_image_id DESC LIMIT 1`);
  const insert = database.prepare(
    "INSERT INTO embedding_block (encoder_id, first_image_id, count, number_type, vectors) VALUES (?, ?, ?, ?, ?)",
  );
  return {
    hasBlocks: (encoderId) => any.get(encoderId) !== undefined,
    vectorsOf: (encoderId, imageIds) => {
      let block: LoadedBlock | undefined;
      let values = new Float32Array(0);
      imageIds.forEach((id, i) => {
        if (block === undefined || id < block.first || id >= block.first + block.count) {
          const row = before.get(encoderId, id);
          block = row && loadBlock(row as unknown as BlockRow);
        }
        if (block === undefined || id >= block.first + block.count)
          throw new RangeError(`the study has no embedding of image ${id}`);
        const { dim, first } = block;
        if (i === 0) values = new Float32Array(imageIds.length * dim);
        if (values.length !== imageIds.length * dim) throw damagedEmbedding(`image ${id}`);
        values.set(block.values.subarray((id - first) * dim, (id - first + 1) * dim), i * dim);
      });
      return embeddings(values, block?.dim ?? 1);
    },
    save: (encoderId, firstImageId, { count, numberType, bytes }) => {
      insert.run(encoderId, firstImageId, count, numberType, bytes);
    },
  };
}

interface BlockRow {
  readonly first_image_id: number;
  readonly count: number;
  readonly number_type: NumberType;
  readonly vectors: Uint8Array;
}

interface LoadedBlock {
  readonly first: number;
  readonly count: number;
  readonly dim: number;
  readonly values: Float32Array;
}

function loadBlock({ first_image_id: first, count, number_type, vectors }: BlockRow): LoadedBlock {
  const numberBytes = number_type === "float16" ? 2 : 4;
  const dim = vectors.length / numberBytes / count;
  if (!Number.isInteger(dim) || dim === 0) throw damagedEmbedding(`image ${first}`);
  // SQLite's blobs begin anywhere in memory, arrays of numbers only at multiples of their size.
  const { buffer } = vectors.slice();
  const values =
    number_type === "float16" ? new Float32Array(new Float16Array(buffer)) : new Float32Array(buffer);
  return { first, count, dim, values };
}
