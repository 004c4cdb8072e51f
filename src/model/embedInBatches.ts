import { type Embeddings, normaliseRows, stackEmbeddings } from "../embeddings.ts";
import { UserError } from "../errors.ts";
import type { Side, TowerOutput } from "./openGraph.ts";

/** One tower of a model, and how it wants its batches. */
export interface BatchTower<Item> {
  readonly modelName: string;
  readonly side: Side;
  /** Dynamic quantisation scales by the largest activation of a whole batch: such a tower gets one item after the other. */
  readonly isDynamic: boolean;
  /** Items in a batch at most. */
  readonly batchSize: number;
  run(batch: readonly Item[]): Promise<TowerOutput>;
}

/**
 * ONNX Runtime multiplies a matrix of a single row by another way than one of several, and adds up in another order. Two are the
 * least that always takes the same way, so that an embedding has the same bits whatever else is in the batch.
 */
const leastRows = 2;

/**
 * Sends items through a tower, so that each embedding depends on its item alone. `[n] -> [n, dim]`, unit length
 * @throws UserError when the tower gives another number of rows, or numbers that are no embedding
 */
export async function embedInBatches<Item>(
  items: readonly Item[],
  tower: BatchTower<Item>,
): Promise<Embeddings> {
  const size = tower.isDynamic ? 1 : tower.batchSize;
  const batches = Array.from({ length: Math.ceil(items.length / size) }, (_, i) =>
    items.slice(i * size, (i + 1) * size),
  );
  return stackEmbeddings(await Promise.all(batches.map((batch) => embedBatch(batch, tower))));
}

async function embedBatch<Item>(batch: readonly Item[], tower: BatchTower<Item>): Promise<Embeddings> {
  const { modelName, side, isDynamic } = tower;
  const [first] = batch;
  const isSingle = batch.length < leastRows && !isDynamic && first !== undefined;
  const rows = isSingle ? [first, first] : batch;
  const { embeddings, dim } = await tower.run(rows);
  if (embeddings.length !== rows.length * dim || dim === 0) {
    throw new UserError(
      `${modelName}: the ${side} tower gives ${embeddings.length} numbers for ${rows.length}, of ${dim} each`,
      { hint: "the graph is not what its name says: use an export with one embedding per picture or phrase" },
    );
  }
  try {
    return normaliseRows(isSingle ? embeddings.subarray(0, dim) : embeddings, dim);
  } catch (cause) {
    throw new UserError(`${modelName}: the ${side} tower gives numbers that are no embedding`, {
      hint: "the model's files are damaged or do not belong together: download or copy them again",
      cause,
    });
  }
}
