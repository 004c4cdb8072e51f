import type { VectorNumberType } from "../../tables/npyHeader.ts";
import type { VectorRows } from "../../tables/vectorRows.ts";

/** How a folder of embeddings can be laid out. */
export const vectorLayouts = ["clip-retrieval", "npy", "parquet"] as const;

/** One of `vectorLayouts`. */
export type VectorLayout = (typeof vectorLayouts)[number];

/** Vectors with the names of their images, one after the other. */
export interface NamedVectors {
  readonly vectors: VectorRows;
  readonly names: readonly string[];
  /** Where a row is, for messages: the file and its row, from 1. */
  readonly placeOf: (index: number) => string;
}

/** A folder of embeddings that were made elsewhere. */
export interface VectorSource {
  readonly layout: VectorLayout;
  /** All files, in the order in which they are read. */
  readonly files: readonly string[];
  /** The widest, where files differ. */
  readonly numberType: VectorNumberType;
  readonly dim: number;
  readonly count: number;
  readonly imageColumn: string;
  readonly vectorColumn?: string;
  /**
   * All rows in order, from row `from` on; memory does not grow with them.
   * @throws UserError for the first row that is not in order
   */
  rows(from: number): AsyncGenerator<NamedVectors>;
}

/** What a user says about a folder of embeddings. */
export interface VectorSourceOptions {
  readonly imageColumn?: string | undefined;
  readonly vectorColumn?: string | undefined;
  /** Numbers of the encoder's embeddings. */
  readonly dim: number;
}
