import { maybeNumberOf, messagesOf, type OnnxMessage, textsOf } from "./onnxMessage.ts";
import { attributeTypeInt, onnxFields } from "./onnxSchema.ts";
import type { OnnxTensor } from "./onnxTensor.ts";
import { encodeBytes, encodeNumber, encodeText } from "./protobufWriter.ts";

/** One operation of a graph. */
export interface OnnxNode {
  /** As it was read; what is not changed is written again as it is. */
  readonly message: OnnxMessage;
  /** The operation's name, with its domain in front where that is not ONNX's own. */
  readonly opType: string;
  readonly name: string;
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  /** Values that graphs inside its attributes use; some are their own, others the outer graph's. */
  readonly innerInputs: readonly string[];
}

const fields = onnxFields.node;

/** Reads what of a node matters here. */
export function onnxNode(message: OnnxMessage): OnnxNode {
  const domain = textsOf(message, fields.domain).at(-1) ?? "";
  const opType = textsOf(message, fields.opType).at(-1) ?? "";
  return {
    message,
    opType: domain === "" || domain === "ai.onnx" ? opType : `${domain}.${opType}`,
    name: textsOf(message, fields.name).at(-1) ?? "",
    inputs: textsOf(message, fields.input),
    outputs: textsOf(message, fields.output),
    innerInputs: messagesOf(message, fields.attribute).flatMap((attribute) =>
      // An attribute's own messages are graphs or sparse tensors, and the latter hold no nodes.
      attribute.flatMap((part) => ("message" in part ? valuesUsedIn(part.message) : [])),
    ),
  };
}

/** A new node of ONNX's own operations, encoded. @param ints its attributes, whole numbers from 0 on */
export function encodeNode(
  opType: string,
  name: string,
  inputs: readonly string[],
  outputs: readonly string[],
  ints: Readonly<Record<string, number>> = {},
): Buffer {
  const { attribute } = onnxFields;
  return Buffer.concat([
    ...inputs.map((input) => encodeText(fields.input, input)),
    ...outputs.map((output) => encodeText(fields.output, output)),
    encodeText(fields.name, name),
    encodeText(fields.opType, opType),
    ...Object.entries(ints).map(([key, value]) =>
      encodeBytes(
        fields.attribute,
        Buffer.concat([
          encodeText(attribute.name, key),
          encodeNumber(attribute.int, value),
          encodeNumber(attribute.type, attributeTypeInt),
        ]),
      ),
    ),
  ]);
}

/** The tensor in an attribute, if there is one. */
export function maybeTensorAttribute(node: OnnxNode, name: string): OnnxTensor | undefined {
  const part = maybeAttribute(node, name)?.find(({ field }) => field === onnxFields.attribute.tensor);
  return part && "tensor" in part ? part.tensor : undefined;
}

/** The whole number in an attribute, if there is one. */
export function maybeIntAttribute(node: OnnxNode, name: string): number | undefined {
  const attribute = maybeAttribute(node, name);
  return attribute && maybeNumberOf(attribute, onnxFields.attribute.int);
}

/** The float32 number in an attribute, if there is one. */
export function maybeFloatAttribute(node: OnnxNode, name: string): number | undefined {
  const part = maybeAttribute(node, name)?.findLast(({ field }) => field === onnxFields.attribute.float);
  return part && "encoded" in part ? part.encoded.readFloatLE(part.encoded.length - 4) : undefined;
}

/** The list of whole numbers in an attribute, if there is one, each below 128: axes are. */
export function maybeIntsAttribute(node: OnnxNode, name: string): readonly number[] | undefined {
  return maybeAttribute(node, name)?.flatMap((part) => {
    if (part.field !== onnxFields.attribute.ints) return [];
    if ("bytes" in part) return [...part.bytes];
    return "value" in part ? [part.value] : [];
  });
}

function maybeAttribute(node: OnnxNode, name: string): OnnxMessage | undefined {
  return messagesOf(node.message, fields.attribute).find(
    (attribute) => textsOf(attribute, onnxFields.attribute.name).at(-1) === name,
  );
}

function valuesUsedIn(graph: OnnxMessage): readonly string[] {
  const nodes = messagesOf(graph, onnxFields.graph.node).map(onnxNode);
  const outputs = messagesOf(graph, onnxFields.graph.output);
  return [
    ...nodes.flatMap(({ inputs, innerInputs }) => [...inputs, ...innerInputs]),
    ...outputs.flatMap((output) => textsOf(output, onnxFields.valueInfo.name)),
  ];
}
