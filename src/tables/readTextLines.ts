import { UserError } from "../errors.ts";
import { readTableChunks, type TableFile } from "./tableFile.ts";
import { checkUtf8 } from "./textEncoding.ts";

/** One line of a text file. */
export interface TextLine {
  /** From 1. */
  readonly line: number;
  /** Without its line end. */
  readonly text: string;
  readonly newline: "" | "\n" | "\r\n";
}

/**
 * Room for a picture in base64; it also bounds the memory, for parsed JSON takes twenty times its text where it is all
 * brackets.
 */
export const longestLineBytes = 16 * 1024 * 1024;

/** The file's lines. @throws UserError for a line that is too long or not UTF-8. */
export async function* readTextLines(file: TableFile, startByte: number): AsyncGenerator<TextLine> {
  let line = 1;
  let parts: Buffer[] = [];
  let partBytes = 0;
  for await (const chunk of readTableChunks(file, startByte)) {
    let from = 0;
    for (let end = chunk.indexOf(0x0a); end >= 0; end = chunk.indexOf(0x0a, from)) {
      parts.push(chunk.subarray(from, end));
      yield decodeLine(parts, true, line, file.path);
      line++;
      parts = [];
      partBytes = 0;
      from = end + 1;
    }
    if (from === chunk.length) continue;
    parts.push(Buffer.from(chunk.subarray(from)));
    partBytes += chunk.length - from;
    if (partBytes > longestLineBytes) {
      const megabytes = longestLineBytes / 1024 / 1024;
      throw new UserError(`${file.path}:${line}: a line longer than ${megabytes} MiB`, {
        hint: "is this a table with one JSON object per line?",
      });
    }
  }
  if (parts.length > 0) yield decodeLine(parts, false, line, file.path);
}

function decodeLine(parts: readonly Buffer[], ended: boolean, line: number, path: string): TextLine {
  const [first] = parts;
  const bytes = parts.length === 1 && first ? first : Buffer.concat(parts);
  checkUtf8(bytes, path, line);
  const returned = ended && bytes.at(-1) === 0x0d;
  const text = bytes.toString("utf8", 0, returned ? bytes.length - 1 : bytes.length);
  return { line, text, newline: ended ? (returned ? "\r\n" : "\n") : "" };
}
