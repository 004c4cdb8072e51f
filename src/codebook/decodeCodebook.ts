import { isUtf8 } from "node:buffer";
import type { CodebookMistake } from "./codebookError.ts";
import { positionFinder } from "./sourcePosition.ts";

/**
 * The largest codebook file that is read, in bytes. A parser needs several hundred times a file's size in memory;
 * this is room for 20,000 sentences.
 */
export const maxCodebookBytes = 2 * 1024 * 1024;

/**
 * A codebook file's text, without its byte-order mark and with a lone CR turned into LF (offsets stay).
 * Bytes that are not UTF-8 are a mistake; the rest is then read as Windows-1252, to find the other mistakes too.
 * `text` is undefined where nothing else can be said about the file.
 */
export function decodeCodebook(bytes: Uint8Array): {
  readonly text: string | undefined;
  readonly mistakes: readonly CodebookMistake[];
} {
  const atStart = { line: 1, column: 1 };
  if (bytes.length > maxCodebookBytes) {
    const what = `the file has ${bytes.length} bytes; a codebook may have ${maxCodebookBytes}`;
    return {
      text: undefined,
      mistakes: [{ ...atStart, what, hint: "is this the codebook, and not a table?" }],
    };
  }
  if (startsWithUtf16Mark(bytes) || bytes.includes(0)) {
    const what = startsWithUtf16Mark(bytes) ? "the file is UTF-16, not UTF-8" : "the file is not a text file";
    const hint = `save it in your editor as text with encoding "UTF-8"`;
    return { text: undefined, mistakes: [{ ...atStart, what, hint }] };
  }
  if (isUtf8(bytes)) return { text: normaliseText(new TextDecoder().decode(bytes)), mistakes: [] };
  const offset = findInvalidByte(bytes);
  const text = normaliseText(new TextDecoder("windows-1252").decode(withoutMark(bytes)));
  const byte = (bytes[offset] ?? 0).toString(16).toUpperCase().padStart(2, "0");
  // The text before the byte is valid UTF-8, so the column is counted as an editor would that reads UTF-8.
  const before = normaliseText(new TextDecoder().decode(bytes.subarray(0, offset)));
  const mistake = {
    ...positionFinder(before)(before.length),
    what: `not UTF-8: byte 0x${byte} at byte offset ${offset}`,
    hint: `save the file in your editor with encoding "UTF-8" (it may be Latin-1 or Windows-1252 now)`,
  };
  return { text, mistakes: [mistake] };
}

function startsWithUtf16Mark(bytes: Uint8Array): boolean {
  return (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff);
}

function normaliseText(text: string): string {
  return text.replace(/\r(?!\n)/gu, "\n");
}

/** The bytes after a UTF-8 byte-order mark, which a decoder of UTF-8 leaves out by itself. */
function withoutMark(bytes: Uint8Array): Uint8Array {
  return bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? bytes.subarray(3) : bytes;
}

/** Offset of the first byte that does not begin a complete UTF-8 character. */
function findInvalidByte(bytes: Uint8Array): number {
  let offset = 0;
  while (offset < bytes.length) {
    const length = characterLength(bytes[offset] ?? 0);
    const character = bytes.subarray(offset, offset + length);
    if (character.length < length || !isUtf8(character)) break;
    offset += length;
  }
  return offset;
}

/** Bytes in the UTF-8 character that begins with `lead`; 1 where none does, for the caller to refuse. */
function characterLength(lead: number): number {
  if (lead >= 0xf0) return 4;
  if (lead >= 0xe0) return 3;
  return lead >= 0xc0 ? 2 : 1;
}
