/** A message of Protocol Buffers as its fields in order; what has a length is kept as bytes until it is edited. */
export type Field =
  | { readonly field: number; readonly wire: 0; readonly value: bigint }
  | { readonly field: number; readonly wire: 1 | 5; readonly bytes: Buffer }
  | { readonly field: number; readonly wire: 2; readonly bytes: Buffer };

/** Takes a message apart, independently of Clipbook's own reader. */
export function readFields(message: Buffer): Field[] {
  const fields: Field[] = [];
  let at = 0;
  const varint = (): bigint => {
    let value = 0n;
    for (let shift = 0n; ; shift += 7n) {
      const byte = message[at++] as number;
      value |= BigInt(byte & 0x7f) << shift;
      if (byte < 0x80) return value;
    }
  };
  while (at < message.length) {
    const tag = Number(varint());
    const [field, wire] = [tag >> 3, tag & 7];
    if (wire === 0) fields.push({ field, wire, value: varint() });
    else if (wire === 1 || wire === 2 || wire === 5) {
      const length = wire === 2 ? Number(varint()) : wire === 1 ? 8 : 4;
      fields.push({ field, wire, bytes: message.subarray(at, at + length) });
      at += length;
    } else throw new RangeError(`wire type ${wire} at byte ${at}`);
  }
  return fields;
}

/** Puts a message together again. */
export function writeFields(fields: readonly Field[]): Buffer {
  return Buffer.concat(
    fields.flatMap((part) => {
      const tag = varintBytes(BigInt(part.field * 8 + part.wire));
      if (part.wire === 0) return [tag, varintBytes(part.value)];
      return part.wire === 2 ? [tag, varintBytes(BigInt(part.bytes.length)), part.bytes] : [tag, part.bytes];
    }),
  );
}

/** A number as Protocol Buffers write it; negative ones in ten bytes. */
export function varintBytes(value: bigint): Buffer {
  const bytes: number[] = [];
  let left = BigInt.asUintN(64, value);
  do {
    bytes.push(Number(left & 0x7fn) | (left > 0x7fn ? 0x80 : 0));
    left >>= 7n;
  } while (left > 0n);
  return Buffer.from(bytes);
}

/** Edits the message that lies under a path of field numbers, in the first of each. */
export function editAt(
  message: Buffer,
  path: readonly number[],
  edit: (fields: Field[]) => readonly Field[],
): Buffer {
  const fields = readFields(message);
  const [first, ...rest] = path;
  if (first === undefined) return writeFields(edit(fields));
  const at = fields.findIndex(({ field, wire }) => field === first && wire === 2);
  const inner = fields[at];
  if (inner?.wire !== 2) throw new RangeError(`no message ${first}`);
  fields[at] = { ...inner, bytes: editAt(inner.bytes, rest, edit) };
  return writeFields(fields);
}

/** A field with a number. */
export function numberField(field: number, value: bigint): Field {
  return { field, wire: 0, value };
}

/** A field with a text, or a message's bytes. */
export function bytesField(field: number, bytes: Buffer | string): Field {
  return { field, wire: 2, bytes: Buffer.from(bytes) };
}
