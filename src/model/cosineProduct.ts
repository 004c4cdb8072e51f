import { InferenceSession, Tensor } from "onnxruntime-node";
import type { Embeddings } from "../embeddings.ts";
import { matrixProductGraph } from "./onnx/matrixProductGraph.ts";
import { silenceTelemetry } from "./silenceTelemetry.ts";

/** Cosines of many images with the same references, by ONNX Runtime's matrix product. */
export interface CosineProduct {
  /**
   * `[n, dim] -> [n, references]`. A row's numbers are the same bits whatever other rows there are.
   * @throws RangeError for embeddings of another length
   */
  cosinesOf(images: Embeddings): Promise<Float32Array>;
  close(): Promise<void>;
}

/**
 * Prepares the product with references, unit-length vectors. `[references, dim]`
 * @param threads of ONNX Runtime; by default one per processor. The numbers are the same bits for any.
 */
export async function openCosineProduct(references: Embeddings, threads?: number): Promise<CosineProduct> {
  const { dim, count } = references;
  silenceTelemetry();
  const session = await InferenceSession.create(matrixProductGraph(), {
    executionProviders: ["cpu"],
    ...(threads !== undefined && { intraOpNumThreads: threads }),
  });
  const columns = new Tensor("float32", transposed(references), [dim, count]);
  return {
    cosinesOf: async (images) => {
      if (images.dim !== dim) throw new RangeError(`images have ${images.dim} numbers, phrases ${dim}`);
      if (images.count === 0) return new Float32Array(0);
      // A single row goes another way in ONNX Runtime and comes out with other roundings: never ask for one.
      const isSingle = images.count === 1;
      const rows = isSingle ? new Float32Array(2 * dim) : images.values;
      if (isSingle) rows.set(images.values);
      const a = new Tensor("float32", rows, [rows.length / dim, dim]);
      const { ab } = (await session.run({ a, b: columns })) as { readonly ab: Tensor };
      return (ab.data as Float32Array).subarray(0, images.count * count);
    },
    close: () => session.release(),
  };
}

/** `[n, dim] -> [dim, n]`, row by row. */
function transposed({ values, count, dim }: Embeddings): Float32Array {
  const turned = new Float32Array(values.length);
  for (let row = 0; row < count; row++) {
    for (let i = 0; i < dim; i++) turned[i * count + row] = values[row * dim + i] as number;
  }
  return turned;
}
