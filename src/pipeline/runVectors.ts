import { createHash } from "node:crypto";
import { setImmediate as nextTurn } from "node:timers/promises";
import { type Embeddings, embeddingAt, matrixOf, maybeRowOfOtherLength } from "../embeddings.ts";
import { openCosineProduct } from "../model/cosineProduct.ts";
import { damagedEmbedding } from "../store/damagedEmbedding.ts";
import type { Study } from "../store/openStudy.ts";
import type { Run } from "../store/runStore.ts";

/** Units whose vectors are read and multiplied at once. */
const unitsPerBlock = 4096;

/**
 * Vectors of one run are kept in memory up to so many bytes, or half of what the machine has left, if that is more: a million
 * of 512 numbers take 2 GB. Those of a larger run are read again for each new phrase.
 */
const alwaysKeptBytes = 1_000_000_000;

/** Columns of cosines that are kept, all together: 26 phrases of a million units take 104 MB. */
const mostColumnBytes = 400_000_000;

/** Cosines of a run's units with some references. */
export interface CosineColumns {
  /** Where the units that have an image are in the run, ascending. `[n]` */
  readonly positions: Int32Array;
  /** Each reference's cosines with all of them. `references x [n]` */
  readonly columns: readonly Float32Array[];
}

/** Compares the images of runs with phrases, again and again, while somebody edits them. */
export interface RunVectors {
  /**
   * Cosines of every unit of a run with references, unit-length vectors `[references, dim]`: the same bits as a run computes.
   * A reference that was asked for before costs nothing.
   * @throws UserError for an embedding that was damaged in the study
   * @throws the signal's reason when aborted
   */
  cosinesWith(run: RunOfVectors, references: Embeddings, signal?: AbortSignal): Promise<CosineColumns>;
  /**
   * The embedding of the image at a position `[dim]`; undefined where the unit has none.
   * @throws UserError for an embedding that was damaged in the study
   */
  maybeVectorAt(run: RunOfVectors, position: number): Float32Array | undefined;
}

/** What of a run its embeddings are found by. */
export type RunOfVectors = Pick<Run, "id" | "encoderId" | "view">;

interface LoadedRun {
  readonly id: number;
  readonly positions: Int32Array;
  readonly imageIds: Int32Array;
  /** undefined where they are too many to keep, and before they were read. */
  readonly blocks: (Embeddings | undefined)[];
  readonly columns: Map<string, Float32Array>;
  readonly mostVectorBytes: number;
}

/** Nothing is read before it is asked for; vectors of the run that was asked for last are kept. */
export function openRunVectors(study: Study): RunVectors {
  let loaded: LoadedRun | undefined;
  // One after the other: two edits in a row must not read all vectors twice.
  let queue: Promise<unknown> = Promise.resolve();
  const inTurn = <To>(work: () => Promise<To>): Promise<To> => {
    const turn = queue.then(work);
    queue = turn.catch(() => undefined);
    return turn;
  };
  const load = async (run: RunOfVectors): Promise<LoadedRun> => {
    if (loaded?.id === run.id) return loaded;
    const positions: number[] = [];
    const imageIds: number[] = [];
    for (let from = 0; ; ) {
      const block = study.runs.imagesOf(run.id, from, unitsPerBlock);
      const last = block.positions.at(-1);
      if (last === undefined) break;
      positions.push(...block.positions);
      imageIds.push(...block.imageIds);
      from = last + 1;
      await nextTurn();
    }
    loaded = {
      id: run.id,
      positions: Int32Array.from(positions),
      imageIds: Int32Array.from(imageIds),
      blocks: [],
      columns: new Map(),
      mostVectorBytes: Math.max(alwaysKeptBytes, process.availableMemory() / 2),
    };
    return loaded;
  };
  const blockAt = (run: RunOfVectors, loadedRun: LoadedRun, at: number): Embeddings => {
    const { imageIds, blocks, mostVectorBytes } = loadedRun;
    const kept = blocks[at / unitsPerBlock];
    if (kept !== undefined) return kept;
    const ids = [...imageIds.subarray(at, at + unitsPerBlock)];
    const block = study.embeddings.vectorsOf(run.encoderId, run.view, ids);
    const odd = maybeRowOfOtherLength(block);
    if (odd !== undefined) throw damagedEmbedding(`image ${ids[odd]}`);
    if (imageIds.length * block.dim * Float32Array.BYTES_PER_ELEMENT <= mostVectorBytes)
      blocks[at / unitsPerBlock] = block;
    return block;
  };
  const fill = async (
    run: RunOfVectors,
    units: LoadedRun,
    missing: Embeddings,
    signal: AbortSignal | undefined,
  ): Promise<Float32Array[]> => {
    const filled = Array.from({ length: missing.count }, () => new Float32Array(units.positions.length));
    const product = await openCosineProduct(missing);
    try {
      for (let at = 0; at < units.positions.length; at += unitsPerBlock) {
        const block = blockAt(run, units, at);
        const cosines = await product.cosinesOf(block);
        filled.forEach((column, c) => {
          for (let row = 0; row < block.count; row++)
            column[at + row] = cosines[row * missing.count + c] as number;
        });
        // Other requests get their turn.
        await nextTurn();
        signal?.throwIfAborted();
      }
    } finally {
      await product.close();
    }
    return filled;
  };
  return {
    cosinesWith: (run, references, signal) =>
      inTurn(async () => {
        signal?.throwIfAborted();
        const units = await load(run);
        const keys = Array.from({ length: references.count }, (_, i) => keyOf(embeddingAt(references, i)));
        const missing = [...new Set(keys)].filter((key) => !units.columns.has(key));
        if (missing.length > 0) {
          const rows = missing.map((key) => embeddingAt(references, keys.indexOf(key)));
          const filled = await fill(run, units, matrixOf(rows, references.dim), signal);
          missing.forEach((key, i) => {
            units.columns.set(key, filled[i] as Float32Array);
          });
        }
        const columns = keys.map((key) => units.columns.get(key) as Float32Array);
        forgetOldColumns(units, keys);
        return { positions: units.positions, columns };
      }),
    maybeVectorAt: (run, position) => {
      const { imageId } = study.runs.row(run.id, position);
      if (imageId === undefined) return undefined;
      const vector = study.embeddings.vectorsOf(run.encoderId, run.view, [imageId]);
      if (maybeRowOfOtherLength(vector) !== undefined) throw damagedEmbedding(`image ${imageId}`);
      return embeddingAt(vector, 0);
    },
  };
}

function keyOf(vector: Float32Array): string {
  return createHash("sha1")
    .update(new Uint8Array(vector.buffer, vector.byteOffset, vector.byteLength))
    .digest("base64");
}

/** The columns in use become the newest; of the others the oldest go while there are too many. */
function forgetOldColumns({ columns, positions }: LoadedRun, used: readonly string[]): void {
  for (const key of used) {
    const column = columns.get(key) as Float32Array;
    columns.delete(key);
    columns.set(key, column);
  }
  const most = Math.max(
    new Set(used).size,
    Math.floor(mostColumnBytes / Math.max(1, positions.length * Float32Array.BYTES_PER_ELEMENT)),
  );
  for (const key of columns.keys()) {
    if (columns.size <= most) return;
    columns.delete(key);
  }
}
