import { type ConstantMatrix, maybeConstantMatrix, type OnnxGraph } from "./onnxGraph.ts";
import { maybeFloatAttribute, maybeIntAttribute, type OnnxNode } from "./onnxNode.ts";
import { tensorTypes } from "./onnxSchema.ts";

/** A constant matrix that becomes int8, once for all products that use it. */
export interface PlannedWeight {
  readonly constant: ConstantMatrix;
  /** As the product reads it: inputs by outputs. */
  readonly rows: number;
  readonly columns: number;
  /** Whether it is stored outputs by inputs. */
  readonly transposed: boolean;
}

/** A product of the graph that is computed in int8. */
export interface PlannedProduct {
  readonly node: OnnxNode;
  readonly input: string;
  readonly weight: PlannedWeight;
  /** What a Gemm adds to it. */
  readonly bias: string | undefined;
}

/** What becomes of a graph. */
export interface Int8Plan {
  readonly products: ReadonlyMap<OnnxNode, PlannedProduct>;
  /** Each once, in the order of first use. */
  readonly weights: readonly PlannedWeight[];
  /** Products that stay as they are because their constant weights are no float32. */
  readonly otherTypes: number;
}

/** Finds every MatMul and plain Gemm of the main graph that multiplies by a constant float32 matrix. */
export function planInt8(graph: OnnxGraph): Int8Plan {
  const products = new Map<OnnxNode, PlannedProduct>();
  const weights = new Map<string, PlannedWeight>();
  let otherTypes = 0;
  for (const node of graph.nodes) {
    const operands = maybeOperands(node);
    if (operands === undefined) continue;
    const constant = maybeConstantMatrix(graph, operands.weight);
    // What is constant on both sides is computed once when the graph is opened, and best exactly.
    if (constant === undefined || maybeConstantMatrix(graph, operands.input) !== undefined) continue;
    const { tensor } = constant;
    if (tensor.dataType !== tensorTypes.float32) {
      otherTypes += 1;
      continue;
    }
    const [storedRows, storedColumns] = tensor.dims as [number, number];
    // Numbers in a form that no exporter writes stay where they are.
    if (tensor.span?.bytes !== storedRows * storedColumns * 4 || tensor.span.bytes === 0) continue;
    const transposed = constant.transposed !== operands.transposed;
    const key = `${transposed ? "turned" : "straight"} ${constant.storedName}`;
    const [rows, columns] = transposed ? [storedColumns, storedRows] : [storedRows, storedColumns];
    const weight = weights.get(key) ?? { constant, rows, columns, transposed };
    weights.set(key, weight);
    products.set(node, { node, input: operands.input, weight, bias: operands.bias });
  }
  return { products, weights: [...weights.values()], otherTypes };
}

interface Operands {
  readonly input: string;
  readonly weight: string;
  readonly transposed: boolean;
  readonly bias: string | undefined;
}

/** A product's operands; undefined for other nodes, and for a Gemm that is more than `A B + C` or `A B' + C`. */
function maybeOperands(node: OnnxNode): Operands | undefined {
  const [input = "", weight = "", bias = ""] = node.inputs;
  if (node.opType === "MatMul") return { input, weight, transposed: false, bias: undefined };
  if (node.opType !== "Gemm") return undefined;
  const isPlain =
    (maybeIntAttribute(node, "transA") ?? 0) === 0 &&
    (maybeFloatAttribute(node, "alpha") ?? 1) === 1 &&
    (bias === "" || (maybeFloatAttribute(node, "beta") ?? 1) === 1);
  if (!isPlain) return undefined;
  const transposed = (maybeIntAttribute(node, "transB") ?? 0) !== 0;
  return { input, weight, transposed, bias: bias === "" ? undefined : bias };
}
