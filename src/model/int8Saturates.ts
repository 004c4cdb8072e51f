import { InferenceSession, Tensor } from "onnxruntime-node";
import { oneNodeGraph } from "./onnx/oneNodeGraph.ts";
import { tensorTypes } from "./onnx/onnxSchema.ts";

// More than one of the rows and columns that kernels take at once, and several sums of neighbours.
const [rows, inner, columns] = [8, 16, 32];
const [largestActivation, largestWeight] = [255, 127];

let answer: Promise<boolean> | undefined;

/**
 * Whether ONNX Runtime's products of uint8 by int8 are wrong on this processor: x86 without VNNI adds neighbouring products in 16
 * bits, where large ones saturate (ONNX Runtime's documentation, "Quantize ONNX Models", and microsoft/onnxruntime issue 6004).
 * Asked once in a thread, by a product of the largest numbers that there are.
 */
export function int8Saturates(): Promise<boolean> {
  answer ??= largestProduct().then((sums) =>
    sums.some((sum) => sum !== inner * largestActivation * largestWeight),
  );
  return answer;
}

async function largestProduct(): Promise<Int32Array> {
  const { uint8, int8, int32 } = tensorTypes;
  const bytes = new Uint8Array(inner * columns).fill(largestWeight);
  const graph = oneNodeGraph(
    "MatMulInteger",
    [{ name: "activations", type: uint8, dims: ["n", "k"] }],
    { name: "sums", type: int32, dims: ["n", "p"] },
    // Constant, as in a tower: what is constant is packed for the kernel that is asked about.
    [{ name: "weights", type: int8, dims: [inner, columns], bytes }],
  );
  const session = await InferenceSession.create(graph, { executionProviders: ["cpu"], intraOpNumThreads: 1 });
  try {
    const activations = new Tensor("uint8", new Uint8Array(rows * inner).fill(largestActivation), [
      rows,
      inner,
    ]);
    const { sums } = (await session.run({ activations })) as { readonly sums: Tensor };
    return sums.data as Int32Array;
  } finally {
    await session.release();
  }
}
