import { onnxFields } from "./onnxSchema.ts";
import { encodeInlineTensor, tensorFields } from "./onnxTensor.ts";
import { encodeBytes, encodeNumber, encodeText } from "./protobufWriter.ts";

// What ONNX Runtime has read for years (ONNX's table of versions).
const irVersion = 8;
const opsetVersion = 13;

/** GraphProto.name and ValueInfoProto.type, from onnx.proto. */
const graphName = 2;
const valueType = 2;

// TypeProto and TensorShapeProto, from onnx.proto.
const typeFields = { tensorType: 1, elementType: 1, shape: 2, dimension: 1, dimensionName: 2 } as const;

/** An input or output of a graph: its dimensions have names instead of sizes. */
export interface GraphValue {
  readonly name: string;
  /** `TensorProto.DataType`. */
  readonly type: number;
  readonly dims: readonly string[];
}

/** A constant of a graph. */
export interface GraphConstant {
  readonly name: string;
  readonly type: number;
  readonly dims: readonly number[];
  /** Little-endian. */
  readonly bytes: Uint8Array;
}

/** An ONNX graph of one node without attributes, which takes its inputs first and then its constants. */
export function oneNodeGraph(
  opType: string,
  inputs: readonly GraphValue[],
  output: GraphValue,
  constants: readonly GraphConstant[] = [],
): Uint8Array {
  const { model, graph, node, operatorSet } = onnxFields;
  const only = Buffer.concat([
    ...[...inputs, ...constants].map(({ name }) => encodeText(node.input, name)),
    encodeText(node.output, output.name),
    encodeText(node.opType, opType),
  ]);
  const content = Buffer.concat([
    encodeBytes(graph.node, only),
    encodeText(graphName, opType),
    ...constants.map(({ name, type, dims, bytes }) =>
      encodeBytes(graph.initializer, encodeInlineTensor({ fields: tensorFields(name, type, dims) }, bytes)),
    ),
    ...inputs.map((input) => encodeBytes(graph.input, encodeValueInfo(input))),
    encodeBytes(graph.output, encodeValueInfo(output)),
  ]);
  return Buffer.concat([
    encodeNumber(model.irVersion, irVersion),
    encodeBytes(model.graph, content),
    encodeBytes(model.operatorSet, encodeNumber(operatorSet.version, opsetVersion)),
  ]);
}

/** A ValueInfoProto. */
export function encodeValueInfo({ name, type, dims }: GraphValue): Buffer {
  const shape = dims.map((dim) =>
    encodeBytes(typeFields.dimension, encodeText(typeFields.dimensionName, dim)),
  );
  const tensor = [
    encodeNumber(typeFields.elementType, type),
    encodeBytes(typeFields.shape, Buffer.concat(shape)),
  ];
  return Buffer.concat([
    encodeText(onnxFields.valueInfo.name, name),
    encodeBytes(valueType, encodeBytes(typeFields.tensorType, Buffer.concat(tensor))),
  ]);
}
