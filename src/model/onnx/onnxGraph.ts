import { messagesOf, type OnnxMessage, textsOf } from "./onnxMessage.ts";
import { maybeIntsAttribute, maybeTensorAttribute, type OnnxNode, onnxNode } from "./onnxNode.ts";
import { onnxFields } from "./onnxSchema.ts";
import type { OnnxTensor } from "./onnxTensor.ts";

/** A model's main graph, its values by name. */
export interface OnnxGraph {
  /** In the order in which they are computed. */
  readonly nodes: readonly OnnxNode[];
  readonly initializers: ReadonlyMap<string, OnnxTensor>;
  readonly outputs: readonly string[];
  /** The node that computes a value. */
  readonly producers: ReadonlyMap<string, OnnxNode>;
}

/** A constant as a node reads it: a stored tensor, perhaps turned. */
export interface ConstantMatrix {
  readonly tensor: OnnxTensor;
  /** Whether what is read is the stored matrix with rows and columns exchanged. */
  readonly transposed: boolean;
  /** The name under which the tensor is stored. */
  readonly storedName: string;
  /** Names on the way from the stored tensor to the node, the stored one first. */
  readonly names: readonly string[];
}

/** Reads a model's main graph. @throws RangeError when there is none */
export function onnxGraph(model: OnnxMessage): OnnxGraph {
  const graph = messagesOf(model, onnxFields.model.graph).at(-1);
  if (graph === undefined) throw new RangeError("the model has no graph");
  const nodes = messagesOf(graph, onnxFields.graph.node).map(onnxNode);
  const tensors = graph.flatMap((part) =>
    part.field === onnxFields.graph.initializer && "tensor" in part ? [part.tensor] : [],
  );
  return {
    nodes,
    initializers: new Map(tensors.map((tensor) => [tensor.name, tensor])),
    outputs: messagesOf(graph, onnxFields.graph.output).flatMap((output) =>
      textsOf(output, onnxFields.valueInfo.name),
    ),
    producers: new Map(nodes.flatMap((node) => node.outputs.map((name) => [name, node] as const))),
  };
}

/** The stored matrix behind a value, through Constant, Identity and Transpose nodes; undefined for all else. */
export function maybeConstantMatrix(graph: OnnxGraph, value: string): ConstantMatrix | undefined {
  const names: string[] = [];
  let [name, transposed] = [value, false];
  // A chain longer than the graph has nodes goes in a circle.
  while (names.length <= graph.nodes.length) {
    names.unshift(name);
    const node = graph.producers.get(name);
    const tensor =
      graph.initializers.get(name) ??
      (node?.opType === "Constant" ? maybeTensorAttribute(node, "value") : undefined);
    if (tensor !== undefined) {
      return tensor.dims.length === 2 ? { tensor, transposed, storedName: name, names } : undefined;
    }
    if (node?.opType !== "Identity" && node?.opType !== "Transpose") return undefined;
    if (node.opType === "Transpose") {
      // Without `perm` all axes are reversed (ONNX operators, Transpose).
      const perm = maybeIntsAttribute(node, "perm")?.join() ?? "1,0";
      if (perm === "1,0") transposed = !transposed;
      else if (perm !== "0,1") return undefined;
    }
    name = node.inputs[0] as string;
  }
  return undefined;
}
