import { encodeBytes, encodeNumber, encodeText } from "../src/model/onnx/protobufWriter.ts";
import { type Field, numberField, readFields, textField } from "./protobufFields.ts";

// Field and type numbers from onnx.proto (ONNX IR version 8).
const model = { irVersion: 1, graph: 7, opset: 8 } as const;
const graph = { node: 1, name: 2, initializer: 5, input: 11, output: 12 } as const;
const node = { input: 1, output: 2, name: 3, operator: 4, attribute: 5 } as const;
const attribute = { graph: 6, graphs: 11 } as const;
const initializer = { dims: 1, dataType: 2, rawData: 9, name: 8 } as const;
const float32 = 1;
const int64 = 7;
// Normalising by ReduceL2's `axes` attribute needs an opset below 18; LpNormalization has been the same since opset 1.
const norm = "LpNormalization";

/**
 * Joins a model's two towers into the one graph that zero-shot pipelines want: `pixel_values` and `input_ids` in,
 * `logits_per_image` [images, phrases] out, cosine times the logit scale (Radford et al. 2021, figure 3). Weights outside
 * the graphs stay where they are.
 * @throws RangeError for graphs of different opsets, with nested graphs, or without the usual outputs
 */
export function jointGraph(vision: Uint8Array, text: Uint8Array, logitScale: number): Buffer {
  const visionModel = readFields(vision);
  const textModel = readFields(text);
  const opsets = [visionModel, textModel].map((fields) =>
    Buffer.concat(fields.filter(({ field }) => field === model.opset).map(({ encoded }) => encoded)).toString(
      "hex",
    ),
  );
  if (opsets[0] !== opsets[1]) throw new RangeError("the two towers are written in different opsets");
  const visionGraph = graphOf(visionModel);
  const textGraph = graphOf(textModel).map((field) => prefixNames(field));
  const keep = (fields: readonly Field[], ...kinds: number[]) =>
    fields.filter(({ field }) => kinds.includes(field)).map(({ encoded }) => encoded);
  const joined = Buffer.concat([
    ...keep(visionGraph, graph.node, graph.initializer, graph.input),
    ...keep(textGraph, graph.node, graph.initializer),
    ...inputNames(textGraph).map((name) =>
      encodeBytes(graph.input, tensorOf(name, int64, ["phrases", "tokens"])),
    ),
    ...comparison(outputName(visionGraph), prefix + outputName(textGraph), logitScale),
    encodeText(graph.name, "joint"),
    encodeBytes(graph.output, tensorOf("logits_per_image", float32, ["images", "phrases"])),
  ]);
  return Buffer.concat([
    encodeNumber(model.irVersion, Math.max(irVersion(visionModel), irVersion(textModel))),
    encodeBytes(model.graph, joined),
    ...keep(visionModel, model.opset),
  ]);
}

/** Before every name of the text tower, for both towers number theirs alike; its inputs keep their names. */
const prefix = "text/";

function prefixNames(member: Field): Field {
  if (member.field === graph.node) return renamed(member, [node.input, node.output, node.name]);
  if (member.field === graph.initializer) return renamed(member, [initializer.name]);
  return member;
}

function renamed({ field, content }: Field, names: readonly number[]): Field {
  const parts = readFields(content).map((part) => {
    if (field === graph.node && part.field === node.attribute) refuseNestedGraph(part);
    if (!names.includes(part.field)) return part.encoded;
    const name = Buffer.from(part.content).toString("utf8");
    // An empty name stands for an input that is left out.
    return encodeText(part.field, name === "" || isFed(name) ? name : prefix + name);
  });
  const changed = Buffer.concat(parts);
  return { field, number: 0, content: changed, encoded: encodeBytes(field, changed) };
}

function isFed(name: string): boolean {
  return ["input_ids", "attention_mask", "position_ids"].includes(name);
}

function refuseNestedGraph({ content }: Field): void {
  const kinds: readonly number[] = Object.values(attribute);
  if (readFields(content).some(({ field }) => kinds.includes(field))) {
    throw new RangeError("a tower holds graphs within its nodes");
  }
}

/** Nodes from embeddings to logits, with the scale as a constant. */
function comparison(imageOutput: string, textOutput: string, logitScale: number): readonly Buffer[] {
  const scale = Buffer.alloc(4);
  scale.writeFloatLE(logitScale);
  const tensor = [
    encodeNumber(initializer.dataType, float32),
    encodeText(initializer.name, "joint/scale"),
    encodeBytes(initializer.rawData, scale),
  ];
  return [
    encodeBytes(graph.initializer, Buffer.concat(tensor)),
    operation(norm, [imageOutput], "joint/images"),
    operation(norm, [textOutput], "joint/texts"),
    operation("Transpose", ["joint/texts"], "joint/columns"),
    operation("MatMul", ["joint/images", "joint/columns"], "joint/cosines"),
    operation("Mul", ["joint/cosines", "joint/scale"], "logits_per_image"),
  ];
}

function operation(operator: string, inputs: readonly string[], output: string): Buffer {
  const fields = [
    ...inputs.map((name) => encodeText(node.input, name)),
    encodeText(node.output, output),
    encodeText(node.name, output),
    encodeText(node.operator, operator),
  ];
  return encodeBytes(graph.node, Buffer.concat(fields));
}

/** A ValueInfoProto whose dimensions have names instead of sizes. */
function tensorOf(name: string, elementType: number, dims: readonly string[]): Buffer {
  const shape = Buffer.concat(dims.map((dim) => encodeBytes(1, encodeText(2, dim))));
  const tensor = Buffer.concat([encodeNumber(1, elementType), encodeBytes(2, shape)]);
  return Buffer.concat([encodeText(1, name), encodeBytes(2, encodeBytes(1, tensor))]);
}

function graphOf(fields: readonly Field[]): readonly Field[] {
  const found = fields.find(({ field }) => field === model.graph);
  if (found === undefined) throw new RangeError("a tower without a graph");
  return readFields(found.content);
}

function inputNames(fields: readonly Field[]): readonly string[] {
  return fields.filter(({ field }) => field === graph.input).map(({ content }) => textField(content, 1));
}

/** The embeddings: the only output of a tower, or the one with the usual name. */
function outputName(fields: readonly Field[]): string {
  const names = fields
    .filter(({ field }) => field === graph.output)
    .map(({ content }) => textField(content, 1));
  const usual = names.find((name) => ["image_embeds", "text_embeds", "pooler_output"].includes(name));
  if (usual === undefined) throw new RangeError(`a tower gives ${names.join(", ")}, no embeddings`);
  return usual;
}

function irVersion(fields: readonly Field[]): number {
  return numberField(fields, model.irVersion);
}
