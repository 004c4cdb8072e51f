import { isUtf8 } from "node:buffer";

/**
 * A file's name as text. Bytes that are no UTF-8 come as `\xfc`, two digits each, so that names which differ stay
 * different; with U+FFFD for each of them they would read the same.
 */
export function escapedName(bytes: Uint8Array): string {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (isUtf8(buffer)) return buffer.toString();
  let name = "";
  for (let at = 0; at < buffer.length; ) {
    const length = characterLength(buffer, at);
    name +=
      length === 0 ? `\\x${buffer.toString("hex", at, at + 1)}` : buffer.toString("utf8", at, at + length);
    at += Math.max(1, length);
  }
  return name;
}

/** How many bytes the UTF-8 character at a place has; 0 where there is none. */
function characterLength(buffer: Buffer, at: number): number {
  for (let length = 1; length <= 4 && at + length <= buffer.length; length += 1) {
    if (isUtf8(buffer.subarray(at, at + length))) return length;
  }
  return 0;
}
