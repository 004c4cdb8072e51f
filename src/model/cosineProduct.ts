import { InferenceSession, Tensor } from "onnxruntime-node";
import type { Embeddings } from "../embeddings.ts";
import { oneNodeGraph } from "./onnx/oneNodeGraph.ts";
import { tensorTypes } from "./onnx/onnxSchema.ts";
import { silenceTelemetry } from "./silenceTelemetry.ts";

/** Cosines of many images with the same references, by ONNX Runtime's matrix product. */
export interface CosineProduct {
  /**
   * `[n, dim] -> [n, references]`. A row's numbers are the same bits whatever other rows there are, on any number of processors.
   * @throws RangeError for embeddings of another length
   */
  cosinesOf(images: Embeddings): Promise<Float32Array>;
  close(): Promise<void>;
}

/**
 * ONNX Runtime's product adds up a row's numbers in pieces whose length depends on how many columns a thread has, and takes
 * another way for a single row or column: one thread, and never a single one, make the sums independent of everything else.
 */
const leastRowsAndColumns = 2;

/** Prepares the product with references, unit-length vectors. `[references, dim]` */
export async function openCosineProduct(references: Embeddings): Promise<CosineProduct> {
  const { dim, count } = references;
  const columns = Math.max(leastRowsAndColumns, count);
  silenceTelemetry();
  const session = await InferenceSession.create(matrixProductGraph(), {
    executionProviders: ["cpu"],
    intraOpNumThreads: 1,
  });
  const b = new Tensor("float32", transposed(references, columns), [dim, columns]);
  return {
    cosinesOf: async (images) => {
      if (images.dim !== dim) throw new RangeError(`images have ${images.dim} numbers, phrases ${dim}`);
      if (images.count === 0) return new Float32Array(0);
      const rows = Math.max(leastRowsAndColumns, images.count);
      const padded = rows === images.count ? images.values : new Float32Array(rows * dim);
      if (padded !== images.values) padded.set(images.values);
      const { ab } = (await session.run({ a: new Tensor("float32", padded, [rows, dim]), b })) as {
        readonly ab: Tensor;
      };
      const cosines = ab.data as Float32Array;
      if (columns === count) return cosines.subarray(0, images.count * count);
      return Float32Array.from({ length: images.count }, (_, row) => cosines[row * columns] as number);
    },
    close: () => session.release(),
  };
}

/** `a` [n, k] times `b` [k, p] is `ab` [n, p]. */
function matrixProductGraph(): Uint8Array {
  const type = tensorTypes.float32;
  const inputs = [
    { name: "a", type, dims: ["n", "k"] },
    { name: "b", type, dims: ["k", "p"] },
  ];
  return oneNodeGraph("MatMul", inputs, { name: "ab", type, dims: ["n", "p"] });
}

/** `[n, dim] -> [dim, columns]`, row by row; columns that have no reference are zero. */
function transposed({ values, count, dim }: Embeddings, columns: number): Float32Array {
  const turned = new Float32Array(dim * columns);
  for (let row = 0; row < count; row++) {
    for (let i = 0; i < dim; i++) turned[i * columns + row] = values[row * dim + i] as number;
  }
  return turned;
}
