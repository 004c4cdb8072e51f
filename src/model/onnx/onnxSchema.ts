/** The messages of ONNX on the way to a tensor, and those that tell names, versions and metadata. */
export type OnnxMessageKind =
  | "model"
  | "graph"
  | "function"
  | "training"
  | "node"
  | "attribute"
  | "sparseTensor"
  | "tensor"
  | "valueInfo"
  | "operatorSet"
  | "entry";

/** Which messages a message holds, by field number, from onnx.proto (ONNX IR version 13); all else is passed over. */
export const submessages: Readonly<Record<OnnxMessageKind, Readonly<Record<number, OnnxMessageKind>>>> = {
  model: { 7: "graph", 8: "operatorSet", 14: "entry", 20: "training", 25: "function" },
  training: { 1: "graph", 2: "graph" },
  graph: { 1: "node", 5: "tensor", 11: "valueInfo", 12: "valueInfo", 15: "sparseTensor" },
  function: { 7: "node", 11: "attribute" },
  node: { 5: "attribute" },
  attribute: { 5: "tensor", 6: "graph", 10: "tensor", 11: "graph", 22: "sparseTensor", 23: "sparseTensor" },
  sparseTensor: { 1: "tensor", 2: "tensor" },
  tensor: {},
  valueInfo: {},
  operatorSet: {},
  entry: {},
};

/** Field numbers by message, from onnx.proto. */
export const onnxFields = {
  model: { irVersion: 1, graph: 7, operatorSet: 8, metadata: 14 },
  entry: { key: 1, value: 2 },
  operatorSet: { domain: 1, version: 2 },
  graph: { node: 1, initializer: 5, input: 11, output: 12 },
  valueInfo: { name: 1 },
  node: { input: 1, output: 2, name: 3, opType: 4, attribute: 5, domain: 7 },
  attribute: { name: 1, float: 2, int: 3, tensor: 5, ints: 8, type: 20 },
  tensor: {
    dims: 1,
    dataType: 2,
    floatData: 4,
    name: 8,
    rawData: 9,
    externalData: 13,
    dataLocation: 14,
  },
} as const;

/** Numbers in tensors, from onnx.proto's `TensorProto.DataType`. */
export const tensorTypes = {
  float32: 1,
  uint8: 2,
  int8: 3,
  int32: 6,
  int64: 7,
  float16: 10,
  bfloat16: 16,
} as const;

/** `AttributeProto.AttributeType.INT`. */
export const attributeTypeInt = 2;

/** `TensorProto.DataLocation.EXTERNAL`. */
export const externalLocation = 1;

/** Graphs nest in the attributes of If and Loop; real ones a few levels deep. */
export const deepestMessage = 64;
