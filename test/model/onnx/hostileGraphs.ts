import {
  bytesField,
  editAt,
  type Field,
  numberField,
  readFields,
  varintBytes,
  writeFields,
} from "./graphTree.ts";

/** A graph that somebody damaged or wrote with bad intent. */
export interface HostileGraph {
  readonly name: string;
  readonly bytes: Buffer;
}

// Field numbers of onnx.proto: a model's graph, operator sets; a graph's nodes, weights, inputs and outputs.
const graph = 7;
const operatorSet = 8;
const [node, initializer, input, output] = [1, 5, 11, 12];
const external = [numberField(14, 1n)];

/** What the graph of a good tower becomes when it is damaged at random, or lies about one thing at a time. */
export function hostileGraphs(whole: Buffer, random: () => number): readonly HostileGraph[] {
  const made: HostileGraph[] = [];
  const add = (name: string, bytes: Buffer) => made.push({ name, bytes });
  const below = (limit: number) => Math.floor(random() * limit);
  const edit = (name: string, path: readonly number[], change: (fields: Field[]) => readonly Field[]) =>
    add(name, editAt(whole, path, change));
  const set = (path: readonly number[], field: Field) => (name: string) =>
    edit(name, path, (fields) => [...fields.filter((other) => other.field !== field.field), field]);

  for (let i = 0; i < 6; i++) add(`cut short (${i})`, whole.subarray(0, 1 + below(whole.length - 1)));
  for (const size of [1, 100, 100_000])
    add(`${size} random bytes`, Buffer.from(Array.from({ length: size }, () => below(256))));
  add("zeros", Buffer.alloc(1000));
  add("ones", Buffer.alloc(1000, 255));
  const structure = positionsOutsideWeights(whole);
  for (let i = 0; i < 24; i++) {
    const bytes = Buffer.from(whole);
    for (let flips = 0; flips < 1 + (i % 4) * 3; flips++) {
      const at = structure[below(structure.length)] as number;
      bytes[at] = (bytes[at] as number) ^ (1 << below(8));
    }
    add(`flipped bits (${i})`, bytes);
  }
  for (const bits of [31n, 32n, 40n, 63n]) {
    const claim = Buffer.concat([varintBytes(BigInt(graph * 8 + 2)), varintBytes((1n << bits) - 1n)]);
    add(`a graph that claims 2^${bits} bytes`, Buffer.concat([claim, whole.subarray(0, 4096)]));
    const tensor = Buffer.concat([varintBytes(74n), varintBytes(1n << bits), Buffer.alloc(64)]);
    edit(`weights that claim 2^${bits} bytes`, [graph], (fields) => [
      ...fields,
      { field: initializer, wire: 2, bytes: tensor },
    ]);
  }
  for (const dim of [-1n, 0n, 1n << 31n, 1n << 40n, (1n << 63n) - 1n]) {
    edit(`weights with a side of ${dim}`, [graph, initializer], (fields) =>
      fields.map((field) => (field.field === 1 && field.wire === 0 ? numberField(1, dim) : field)),
    );
  }
  set([graph, initializer], numberField(2, 99n))("weights of an unknown kind");
  set([graph, initializer], numberField(2, 8n))("weights that are texts");
  for (const [key, value] of [
    ["offset", "9223372036854775807"],
    ["offset", "-1"],
    ["length", "9223372036854775807"],
    ["length", "2147483648"],
    ["offset", "no number"],
  ] as const) {
    edit(`outside weights with ${key} ${value}`, [graph, initializer], (fields) => [
      ...fields.filter(({ field }) => field !== 9),
      bytesField(13, entry("location", "weights.bin")),
      bytesField(13, entry(key, value)),
      ...external,
    ]);
  }
  set([graph, input], bytesField(1, "something"))("an input of another name");
  set([graph, output], bytesField(1, "something"))("an output that no node gives");
  edit("no output", [graph], (fields) => fields.filter(({ field }) => field !== output));
  edit("no nodes", [graph], (fields) => fields.filter(({ field }) => field !== node));
  edit("no weights", [graph], (fields) => fields.filter(({ field }) => field !== initializer));
  edit("each node twice", [graph], (fields) => fields.flatMap((f) => (f.field === node ? [f, f] : [f])));
  edit("nodes in reverse", [graph], (fields) => [...fields].reverse());
  set([graph, node], bytesField(4, "Nonsense"))("an operator that does not exist");
  set([graph, node], bytesField(4, "Conv\0\n\u001b[31m"))("an operator with control characters");
  set([graph, node], bytesField(7, "org.example"))("a custom operator");
  for (const version of [-1n, 0n, 9999n]) {
    edit(`operator set ${version}`, [operatorSet], () => [numberField(2, version)]);
  }
  edit("no operator set", [], (fields) => fields.filter(({ field }) => field !== operatorSet));
  edit("a later format", [], (fields) => [numberField(1, 9999n), ...fields.filter((f) => f.field !== 1)]);
  edit("a node that feeds itself", [graph, node], (fields) => {
    const own = fields.find(({ field }) => field === 2) as Extract<Field, { wire: 2 }>;
    return [bytesField(1, own.bytes), ...fields.filter(({ field }) => field !== 1)];
  });
  edit("graphs 1,000 deep", [graph], (fields) => [...fields, bytesField(node, nested(1000))]);
  edit("an endless loop of names", [graph], (fields) => [
    ...fields,
    bytesField(node, writeFields([bytesField(1, "a"), bytesField(2, "b"), bytesField(4, "Identity")])),
    bytesField(node, writeFields([bytesField(1, "b"), bytesField(2, "a"), bytesField(4, "Identity")])),
  ]);
  edit("an input that cannot be fed", [graph], (fields) => [...fields, bytesField(input, textInput())]);
  return made;
}

function entry(key: string, value: string): Buffer {
  return writeFields([bytesField(1, key), bytesField(2, value)]);
}

/** A node with a graph in an attribute, with a node with a graph in it, and so on. */
function nested(depth: number): Buffer {
  let inner: Buffer = writeFields([bytesField(4, "Identity")]);
  for (let i = 0; i < depth; i++) {
    const attribute = writeFields([
      bytesField(1, "body"),
      bytesField(6, writeFields([bytesField(1, inner)])),
    ]);
    inner = writeFields([bytesField(4, "If"), bytesField(5, attribute)]);
  }
  return inner;
}

function textInput(): Buffer {
  const type = writeFields([bytesField(1, writeFields([numberField(1, 8n)]))]);
  return writeFields([bytesField(1, "password"), bytesField(2, type)]);
}

/** Where a graph's bytes are no weights: flipped there, bits change what is computed, and not only numbers. */
function positionsOutsideWeights(whole: Buffer): readonly number[] {
  const inside = readFields(whole).find(({ field }) => field === graph);
  if (inside?.wire !== 2) throw new RangeError("no graph");
  const weights = readFields(inside.bytes).flatMap((part) =>
    part.field === initializer && part.wire === 2 && part.bytes.length > 300 ? [part.bytes] : [],
  );
  const isWeight = new Uint8Array(whole.length);
  for (const bytes of weights) {
    const start = bytes.byteOffset - whole.byteOffset;
    // Their names and sides lie before and behind the numbers.
    isWeight.fill(1, start + 100, start + bytes.length - 100);
  }
  return Array.from(whole.keys()).filter((at) => isWeight[at] === 0);
}
