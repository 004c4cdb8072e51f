import { readFileSync } from "node:fs";
import { messagesOf, readOnnx } from "../../../src/model/onnx/onnxMessage.ts";
import { onnxFields } from "../../../src/model/onnx/onnxSchema.ts";
import type { OnnxTensor } from "../../../src/model/onnx/onnxTensor.ts";

/** A tensor of a graph with the bytes of its numbers. */
export interface StoredTensor extends OnnxTensor {
  readonly bytes: Buffer;
}

/** The stored tensors of a graph's main part by name. */
export async function weightsOf(path: string): Promise<ReadonlyMap<string, StoredTensor>> {
  const graph = messagesOf(await readOnnx(path), onnxFields.model.graph)[0] ?? [];
  const tensors = graph.flatMap((part) => ("tensor" in part ? [part.tensor] : []));
  return new Map(tensors.map((tensor) => [tensor.name, { ...tensor, bytes: bytesOf(tensor) }]));
}

function bytesOf({ span }: OnnxTensor): Buffer {
  if (span === undefined) return Buffer.alloc(0);
  return readFileSync(span.path).subarray(span.offset, span.offset + span.bytes);
}
