/** One field of a protocol buffer message: its number, its value, and the bytes of both as they were written. */
export interface Field {
  readonly field: number;
  /** The value of a field that holds a whole number, else 0. */
  readonly number: number;
  /** The value of a field that holds bytes, text or a message, else empty. */
  readonly content: Uint8Array;
  readonly encoded: Uint8Array;
}

/**
 * The fields of a message in the order in which they were written (Protocol Buffers, "Encoding").
 * @throws RangeError for bytes that are no message
 */
export function readFields(message: Uint8Array): readonly Field[] {
  const fields: Field[] = [];
  let at = 0;
  const varint = (): number => {
    let value = 0;
    // Multiplied, not shifted: shifts would cut numbers above 2^31.
    for (let place = 1; ; place *= 128) {
      const byte = message[at];
      if (byte === undefined) throw new RangeError("the message ends too early");
      at += 1;
      value += (byte & 0x7f) * place;
      if (byte < 0x80) return value;
    }
  };
  while (at < message.length) {
    const start = at;
    const tag = varint();
    const wire = tag % 8;
    let number = 0;
    let length = 0;
    if (wire === 0) number = varint();
    else if (wire === 1) length = 8;
    else if (wire === 2) length = varint();
    else if (wire === 5) length = 4;
    else throw new RangeError(`a value of unknown kind ${wire} at byte ${at}`);
    const content = message.subarray(at, at + length);
    if (content.length < length) throw new RangeError("the message ends too early");
    at += length;
    fields.push({ field: Math.floor(tag / 8), number, content, encoded: message.subarray(start, at) });
  }
  return fields;
}

/** The text in a message's field. @throws RangeError when the field is missing */
export function textField(message: Uint8Array, field: number): string {
  const found = readFields(message).find((other) => other.field === field);
  if (found === undefined) throw new RangeError(`no field ${field}`);
  return Buffer.from(found.content).toString("utf8");
}

/** The whole number in one of the fields; 0 when it is missing, as the format has it. */
export function numberField(fields: readonly Field[], field: number): number {
  return fields.find((other) => other.field === field)?.number ?? 0;
}
