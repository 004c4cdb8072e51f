import { onnxFields, tensorTypes } from "./onnxSchema.ts";
import { encodeBytes, encodeNumber, encodeText } from "./protobufWriter.ts";

// What ONNX Runtime has read for years (ONNX's table of versions).
const irVersion = 8;
const opsetVersion = 13;

/** GraphProto.name and ValueInfoProto.type, from onnx.proto. */
const graphName = 2;
const valueType = 2;

// TypeProto and TensorShapeProto, from onnx.proto.
const typeFields = { tensorType: 1, elementType: 1, shape: 2, dimension: 1, dimensionName: 2 } as const;

/** An ONNX graph of one node: `a` [n, k] times `b` [k, p] is `ab` [n, p], all float32. */
export function matrixProductGraph(): Uint8Array {
  const { model, graph, node, operatorSet } = onnxFields;
  const product = Buffer.concat([
    encodeText(node.input, "a"),
    encodeText(node.input, "b"),
    encodeText(node.output, "ab"),
    encodeText(node.opType, "MatMul"),
  ]);
  const content = Buffer.concat([
    encodeBytes(graph.node, product),
    encodeText(graphName, "matrix product"),
    encodeBytes(graph.input, tensorOf("a", ["n", "k"])),
    encodeBytes(graph.input, tensorOf("b", ["k", "p"])),
    encodeBytes(graph.output, tensorOf("ab", ["n", "p"])),
  ]);
  return Buffer.concat([
    encodeNumber(model.irVersion, irVersion),
    encodeBytes(model.graph, content),
    encodeBytes(model.operatorSet, encodeNumber(operatorSet.version, opsetVersion)),
  ]);
}

/** A ValueInfoProto of a float32 tensor whose dimensions have names instead of sizes. */
function tensorOf(name: string, dims: readonly string[]): Buffer {
  const shape = dims.map((dim) =>
    encodeBytes(typeFields.dimension, encodeText(typeFields.dimensionName, dim)),
  );
  const tensor = [
    encodeNumber(typeFields.elementType, tensorTypes.float32),
    encodeBytes(typeFields.shape, Buffer.concat(shape)),
  ];
  const type = encodeBytes(typeFields.tensorType, Buffer.concat(tensor));
  return Buffer.concat([encodeText(onnxFields.valueInfo.name, name), encodeBytes(valueType, type)]);
}
