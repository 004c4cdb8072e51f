import { isUtf8 } from "node:buffer";
import { UserError } from "../errors.ts";

/** Length of the UTF-8 byte-order mark, EF BB BF. */
export const bomBytes = 3;

/**
 * Whether the text that begins with these bytes has a UTF-8 byte-order mark.
 * @throws UserError for UTF-16 and UTF-32, with or without their marks, and for what has null characters in its first line.
 */
export function readByteOrderMark(start: Buffer, path: string): boolean {
  const [a, b, c] = start;
  if (a === 0xff && b === 0xfe && c === 0 && start[3] === 0) {
    throw new UserError(`${path}: the text is UTF-32, not UTF-8`, { hint: saveAsUtf8 });
  }
  if ((a === 0xff && b === 0xfe) || (a === 0xfe && b === 0xff)) {
    throw new UserError(`${path}: the text is UTF-16, not UTF-8`, { hint: saveAsUtf8 });
  }
  if (a === 0 && b === 0 && c === 0xfe && start[3] === 0xff) {
    throw new UserError(`${path}: the text is UTF-32, not UTF-8`, { hint: saveAsUtf8 });
  }
  const [firstLine = ""] = start.toString("latin1").trimStart().split("\n", 1);
  refuseNulls(firstLine, path);
  return a === 0xef && b === 0xbb && c === 0xbf;
}

/**
 * For a table's first line. Decided by its characters, not by how many there are: a column more would change that, and a
 * table that is read must be readable when it is written.
 * @throws UserError if it has null characters, as UTF-16 has
 */
export function refuseNulls(firstLine: string, path: string): void {
  if (!firstLine.includes("\0")) return;
  throw new UserError(`${path}: the text is UTF-16, or no text: its first line has null characters`, {
    hint: saveAsUtf8,
  });
}

/** @throws UserError naming the line and the likely encoding if the bytes are not UTF-8. */
export function checkUtf8(bytes: Buffer, path: string, line: number): void {
  if (isUtf8(bytes)) return;
  if (bytes.includes(0))
    throw new UserError(`${path}:${line}: the text is UTF-16, not UTF-8`, { hint: saveAsUtf8 });
  // 0x80-0x9F are control characters in Latin-1 and letters and quotation marks in Windows-1252.
  const likely = bytes.some((byte) => byte >= 0x80 && byte <= 0x9f) ? "Windows-1252" : "Latin-1 (ISO 8859-1)";
  throw new UserError(`${path}:${line}: not UTF-8; the text looks like ${likely}`, { hint: saveAsUtf8 });
}

const saveAsUtf8 = 'save the table as UTF-8 (in Excel: "CSV UTF-8")';
