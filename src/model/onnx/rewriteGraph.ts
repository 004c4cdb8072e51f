import type { OnnxGraph } from "./onnxGraph.ts";
import { type OnnxField, type OnnxMessage, textsOf } from "./onnxMessage.ts";
import { encodeNode, maybeTensorAttribute, type OnnxNode } from "./onnxNode.ts";
import { onnxFields, tensorTypes } from "./onnxSchema.ts";
import { type OnnxTensor, tensorFields } from "./onnxTensor.ts";
import type { Int8Plan, PlannedProduct, PlannedWeight } from "./planInt8.ts";

/** Names of a quantised matrix in the new graph. */
export interface Int8Names {
  readonly values: string;
  readonly scales: string;
}

/** Below this tensors stay inside the graph: among them are the shapes that ONNX Runtime wants to see there. */
export const leastExternalBytes = 1024;

/** A name for each planned matrix that the graph does not have yet, and the prefix of all new names. */
export function nameWeights(
  graph: OnnxGraph,
  plan: Int8Plan,
): { readonly prefix: string; readonly names: ReadonlyMap<PlannedWeight, Int8Names> } {
  const taken = [
    ...graph.initializers.keys(),
    ...graph.nodes.flatMap(({ inputs, outputs }) => [...inputs, ...outputs]),
  ];
  let prefix = "clipbook_int8";
  while (taken.some((name) => name.startsWith(`${prefix}/`))) prefix += "_";
  const names = plan.weights.map((weight) => {
    const base = `${prefix}/${weight.constant.storedName}/${weight.transposed ? "turned_" : ""}`;
    return [weight, { values: `${base}int8`, scales: `${base}scales` }] as const;
  });
  return { prefix, names: new Map(names) };
}

/**
 * The graph with its planned products in int8, their old weights left out where nothing else uses them. Constants of
 * Constant nodes become initializers where they are large, so that they can lie outside the graph.
 * @param added encoded tensors for the new names
 */
export function rewriteGraph(
  message: OnnxMessage,
  graph: OnnxGraph,
  plan: Int8Plan,
  naming: ReturnType<typeof nameWeights>,
  added: readonly Buffer[],
): OnnxMessage {
  const dead = findDeadNames(graph, plan);
  const nodeOf = new Map(graph.nodes.map((node) => [node.message, node] as const));
  const quantisedInputs = new Set<string>();
  const { node: nodeField, initializer, input } = onnxFields.graph;
  const rewritten = message.flatMap((part): readonly OnnxField[] => {
    if ("tensor" in part && part.field === initializer) return dead.has(part.tensor.name) ? [] : [part];
    if (!("message" in part)) return [part];
    if (part.field === input) {
      // Before IR version 4 initializers are inputs, too; left as they are, they would count as values that a caller sets.
      const isConstant = (name: string) => dead.has(name) || graph.initializers.has(name);
      return textsOf(part.message, onnxFields.valueInfo.name).some(isConstant) ? [] : [part];
    }
    const node = part.field === nodeField ? nodeOf.get(part.message) : undefined;
    if (node === undefined) return [part];
    if (node.outputs.length > 0 && node.outputs.every((name) => dead.has(name))) return [];
    const product = plan.products.get(node);
    if (product !== undefined) {
      return encodeProduct(product, naming, quantisedInputs).map((bytes) => ({ field: nodeField, bytes }));
    }
    const constant = maybeLargeConstant(node);
    return constant === undefined ? [part] : [{ field: initializer, tensor: constant }];
  });
  return [...rewritten, ...added.map((bytes) => ({ field: initializer, bytes }))];
}

/**
 * The nodes that compute a product in int8: the pattern that ONNX Runtime fuses into DynamicQuantizeMatMul and
 * MatMulIntegerToFloat. The input is quantised once for all products that read it.
 */
function encodeProduct(
  { node, input, weight, bias }: PlannedProduct,
  { prefix, names }: ReturnType<typeof nameWeights>,
  quantisedInputs: Set<string>,
): readonly Buffer[] {
  const { values, scales } = names.get(weight) as Int8Names;
  const output = node.outputs[0] as string;
  const own = (what: string) => `${prefix}/${output}/${what}`;
  const quantised = ["values", "scale", "zero_point"].map((what) => `${prefix}/${input}/input_${what}`);
  const [inputValues, inputScale, inputZeroPoint] = quantised as [string, string, string];
  const quantise = quantisedInputs.has(input)
    ? []
    : [encodeNode("DynamicQuantizeLinear", `${prefix}/${input}/quantise`, [input], quantised)];
  quantisedInputs.add(input);
  const scaled = bias === undefined ? output : own("scaled");
  return [
    ...quantise,
    encodeNode("MatMulInteger", own("product"), [inputValues, values, inputZeroPoint], [own("int32")]),
    encodeNode("Cast", own("cast"), [own("int32")], [own("float32")], { to: tensorTypes.float32 }),
    encodeNode("Mul", own("scales"), [inputScale, scales], [own("scale")]),
    encodeNode("Mul", own("rescale"), [own("float32"), own("scale")], [scaled]),
    ...(bias === undefined ? [] : [encodeNode("Add", own("bias"), [scaled, bias], [output])]),
  ];
}

/** Values on the way to the old weights that nothing uses any more. */
function findDeadNames(graph: OnnxGraph, plan: Int8Plan): ReadonlySet<string> {
  const candidates = new Set(plan.weights.flatMap(({ constant }) => constant.names));
  const dead = new Set<string>();
  for (let before = -1; before < dead.size; ) {
    before = dead.size;
    const used = new Set(graph.outputs);
    for (const node of graph.nodes) {
      if (node.outputs.length > 0 && node.outputs.every((name) => dead.has(name))) continue;
      const product = plan.products.get(node);
      const inputs = product ? [product.input, product.bias ?? ""] : node.inputs;
      for (const name of [...inputs, ...node.innerInputs]) used.add(name);
    }
    for (const name of candidates) if (!used.has(name)) dead.add(name);
  }
  return dead;
}

function maybeLargeConstant(node: OnnxNode): OnnxTensor | undefined {
  const tensor = node.opType === "Constant" ? maybeTensorAttribute(node, "value") : undefined;
  const isLarge =
    tensor?.span !== undefined && (tensor.isExternal || tensor.span.bytes >= leastExternalBytes);
  const name = node.outputs[0] as string;
  return isLarge ? { ...tensor, name, fields: tensorFields(name, tensor.dataType, tensor.dims) } : undefined;
}
