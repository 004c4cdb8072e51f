// Field and type numbers from onnx.proto (ONNX IR version 8, opset 13).
const irVersion = 8;
const opsetVersion = 13;
const float32 = 1;

/** An ONNX graph of one node: `a` [n, k] times `b` [k, p] is `ab` [n, p], all float32. */
export function matrixProductGraph(): Uint8Array {
  const node = concat([text(1, "a"), text(1, "b"), text(2, "ab"), text(4, "MatMul")]);
  const graph = concat([
    bytes(1, node),
    text(2, "product"),
    bytes(11, tensorOf("a", ["n", "k"])),
    bytes(11, tensorOf("b", ["k", "p"])),
    bytes(12, tensorOf("ab", ["n", "p"])),
  ]);
  return concat([number(1, irVersion), bytes(7, graph), bytes(8, number(2, opsetVersion))]);
}

/** A ValueInfoProto of a float32 tensor whose dimensions have names instead of sizes. */
function tensorOf(name: string, dims: readonly string[]): Uint8Array {
  const shape = concat(dims.map((dim) => bytes(1, text(2, dim))));
  const tensor = concat([number(1, float32), bytes(2, shape)]);
  return concat([text(1, name), bytes(2, bytes(1, tensor))]);
}

// Protocol Buffers, "Encoding": a field's number and wire type, then its value. All numbers and lengths here are below
// 128, one byte each.
function number(field: number, value: number): Uint8Array {
  return Uint8Array.of(field << 3, value);
}

function bytes(field: number, value: Uint8Array): Uint8Array {
  if (value.length > 127) throw new RangeError(`a value of ${value.length} bytes`);
  return concat([Uint8Array.of((field << 3) | 2, value.length), value]);
}

function text(field: number, value: string): Uint8Array {
  return bytes(field, Buffer.from(value));
}

function concat(parts: readonly Uint8Array[]): Uint8Array {
  return new Uint8Array(Buffer.concat(parts));
}
