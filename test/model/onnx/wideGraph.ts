import { seededRandom } from "../../../src/seededRandom.ts";
import { bytesField, type Field, numberField, writeFields } from "./graphTree.ts";

const [side, patch, width, heads, hidden] = [224, 16, 768, 12, 3072];
const tokens = (side / patch) ** 2;

/**
 * One block of an image tower with the sizes of CLIP ViT-B/16 and random weights: patches of 16 pixels, 196 tokens, attention with
 * 12 heads of 64, a hidden layer of 3,072. `pixel_values [n, 3, 224, 224] -> image_embeds [n, 768]`
 */
export function wideGraph(seed: number, pooling: "first token" | "mean" = "first token"): Buffer {
  const random = seededRandom(seed);
  const weights = (name: string, dims: readonly number[]) => {
    const count = dims.reduce((product, dim) => product * dim, 1);
    const fanIn = count / (dims.length === 4 ? (dims[0] as number) : (dims[1] as number));
    const scale = Math.sqrt(12 / fanIn);
    const values = Float32Array.from({ length: count }, () => (random() - 0.5) * scale);
    return tensor(name, dims, 1n, Buffer.from(values.buffer));
  };
  const shape = (name: string, dims: readonly number[]) =>
    tensor(name, [dims.length], 7n, Buffer.from(BigInt64Array.from(dims, BigInt).buffer));
  const nodes = [
    node("Conv", ["pixel_values", "patches"], "embedded", ints("strides", [patch, patch])),
    node("Reshape", ["embedded", "byHead"], "keysT"),
    node("Transpose", ["keysT"], "keys", ints("perm", [0, 1, 3, 2])),
    node("MatMul", ["keys", "keysT"], "likeness"),
    node("Softmax", ["likeness"], "attention", int("axis", 3)),
    node("MatMul", ["attention", "keys"], "attended"),
    node("Transpose", ["attended"], "turned", ints("perm", [0, 2, 1, 3])),
    node("Reshape", ["turned", "byToken"], "joined"),
    node("MatMul", ["joined", "up"], "high"),
    node("Sigmoid", ["high"], "gate"),
    node("MatMul", ["gate", "down"], "low"),
    node("Add", ["low", "joined"], "sum"),
    // Layer normalisation as exports spell it, then the first token, as CLIP has it.
    node("ReduceMean", ["sum"], "mean", ints("axes", [2])),
    node("Sub", ["sum", "mean"], "centred"),
    node("Mul", ["centred", "centred"], "squares"),
    node("ReduceMean", ["squares"], "variance", ints("axes", [2])),
    node("Sqrt", ["variance"], "deviation"),
    node("Div", ["centred", "deviation"], "normalised"),
    pooling === "mean"
      ? node("ReduceMean", ["normalised"], "pooled", ints("axes", [1]), int("keepdims", 0))
      : node("Gather", ["normalised", "first"], "pooled", int("axis", 1)),
    node("Gemm", ["pooled", "head"], "headed", int("transB", 1)),
    node("MatMul", ["headed", "projection"], "image_embeds"),
  ];
  const graph = [
    ...nodes.map((bytes) => bytesField(1, bytes)),
    bytesField(2, "wide"),
    bytesField(5, weights("patches", [width, 3, patch, patch])),
    bytesField(5, weights("up", [width, hidden])),
    bytesField(5, weights("down", [hidden, width])),
    bytesField(5, weights("head", [width, width])),
    bytesField(5, weights("projection", [width, width])),
    bytesField(5, shape("byHead", [0, heads, width / heads, tokens])),
    bytesField(5, tensor("first", [], 7n, Buffer.alloc(8))),
    bytesField(5, shape("byToken", [0, tokens, width])),
    bytesField(11, floats("pixel_values")),
    bytesField(12, floats("image_embeds")),
  ];
  const operatorSet = writeFields([numberField(2, 13n)]);
  return writeFields([numberField(1, 8n), bytesField(7, writeFields(graph)), bytesField(8, operatorSet)]);
}

function tensor(name: string, dims: readonly number[], type: bigint, raw: Buffer): Buffer {
  const sides = dims.map((dim) => numberField(1, BigInt(dim)));
  return writeFields([...sides, numberField(2, type), bytesField(8, name), bytesField(9, raw)]);
}

function node(type: string, inputs: readonly string[], output: string, ...attributes: Buffer[]): Buffer {
  return writeFields([
    ...inputs.map((name) => bytesField(1, name)),
    bytesField(2, output),
    bytesField(3, output),
    bytesField(4, type),
    ...attributes.map((attribute) => bytesField(5, attribute)),
  ]);
}

function int(name: string, value: number): Buffer {
  return writeFields([bytesField(1, name), numberField(3, BigInt(value)), numberField(20, 2n)]);
}

function ints(name: string, values: readonly number[]): Buffer {
  const fields: Field[] = values.map((value) => numberField(8, BigInt(value)));
  return writeFields([bytesField(1, name), ...fields, numberField(20, 7n)]);
}

/** An input or output in float32, of whatever shape. */
function floats(name: string): Buffer {
  const type = writeFields([bytesField(1, writeFields([numberField(1, 1n)]))]);
  return writeFields([bytesField(1, name), bytesField(2, type)]);
}
