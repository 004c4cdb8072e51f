/** A whole number from 0 to 2^53 as protocol buffers write it (Protocol Buffers, "Encoding", varints). */
export function encodeVarint(value: number): Buffer {
  if (!Number.isSafeInteger(value) || value < 0) throw new RangeError(`${value} is no length or offset`);
  const bytes: number[] = [];
  // Divided, not shifted: shifts would cut lengths and offsets above 2^31.
  let rest = value;
  for (; rest >= 128; rest = Math.floor(rest / 128)) bytes.push((rest % 128) + 128);
  bytes.push(rest);
  return Buffer.from(bytes);
}

/** A field that holds a whole number. @throws RangeError for a number below 0 or above 2^53 */
export function encodeNumber(field: number, value: number): Buffer {
  return Buffer.concat([encodeVarint(field * 8), encodeVarint(value)]);
}

/** A field that holds bytes, text or another message. */
export function encodeBytes(field: number, content: Uint8Array): Buffer {
  return Buffer.concat([encodeVarint(field * 8 + 2), encodeVarint(content.length), content]);
}

/** A field that holds text. */
export function encodeText(field: number, text: string): Buffer {
  return encodeBytes(field, Buffer.from(text, "utf8"));
}
