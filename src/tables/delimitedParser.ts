import { UserError } from "../errors.ts";
import type { Delimiter } from "./tableFormat.ts";
import { checkUtf8 } from "./textEncoding.ts";

/** One row of a CSV or TSV file. */
export interface DelimitedRow {
  /** Line of the file on which the row begins, from 1. */
  readonly line: number;
  readonly cells: readonly string[];
  /** The row as written, without its line end. */
  readonly source: string;
  /** The line end that closed it; empty at the end of a file that lacks one. */
  readonly newline: "" | "\n" | "\r\n";
}

/** A row longer than this is taken for an unclosed quote; it also bounds the memory. */
export const longestRowBytes = 16 * 1024 * 1024;

/** A row with more cells than this is none: Excel has 16,384 columns. It also bounds the memory. */
export const mostCells = 100_000;

const quote = 0x22;
const lineFeed = 0x0a;
const carriageReturn = 0x0d;

const atCellStart = 0;
const inPlain = 1;
const inQuotes = 2;
const afterQuote = 3;
const afterReturn = 4;

/**
 * Splits bytes into rows after RFC 4180, with any of the delimiters and with LF or CRLF. As everywhere else, a quote in
 * the middle of an unquoted cell is an ordinary character and a line with nothing on it is not a row. Reads bytes, not
 * text, so that cells are small strings of their own, lines can be counted inside quotes, and a byte that is not UTF-8
 * is seen before it becomes U+FFFD.
 */
export class DelimitedParser {
  readonly #path: string;
  readonly #delimiter: number;
  /** Bytes of the row that is not complete yet. */
  #pending: Buffer = Buffer.alloc(0);
  #state = atCellStart;
  #line = 1;
  #rowLine = 1;
  #quoteLine = 1;
  /** Start, end and quoting (0 plain, 1 quoted, 2 with doubled quotes) per cell, in bytes from the row's start. */
  #bounds: number[] = [];
  #cellStart = 0;
  #quoting = 0;
  /** Bitwise "or" of the row's bytes: below 0x80 means ASCII. */
  #seen = 0;

  constructor(path: string, delimiter: Delimiter) {
    this.#path = path;
    this.#delimiter = delimiter.charCodeAt(0);
  }

  /**
   * Appends the rows that these bytes complete to `rows`.
   * @throws UserError for too many cells, text behind a closing quote, a lone carriage return, a row that does not end, not UTF-8.
   */
  push(chunk: Buffer, rows: DelimitedRow[]): void {
    const bytes = this.#pending.length === 0 ? chunk : Buffer.concat([this.#pending, chunk]);
    const delimiter = this.#delimiter;
    let at = this.#pending.length;
    let state = this.#state;
    // Locals: this loop sees every byte of the file.
    let seen = this.#seen;
    let rowStart = 0;
    for (; at < bytes.length; at++) {
      const byte = bytes[at] as number;
      seen |= byte;
      if (state === inQuotes) {
        if (byte === quote) state = afterQuote;
        else if (byte === lineFeed) this.#line++;
        continue;
      }
      if (state === inPlain && byte !== delimiter && byte !== lineFeed && byte !== carriageReturn) continue;
      if (state === afterReturn && byte !== lineFeed) this.#failAtReturn();
      if (byte === delimiter) {
        this.#endCell(at - rowStart);
        state = atCellStart;
      } else if (byte === lineFeed) {
        const rowEnd = state === afterReturn ? at - 1 : at;
        this.#endCell(rowEnd - rowStart);
        this.#seen = seen;
        this.#endRow(bytes, rowStart, rowEnd, state === afterReturn ? "\r\n" : "\n", rows);
        seen = 0;
        rowStart = at + 1;
        state = atCellStart;
      } else if (byte === carriageReturn) {
        state = afterReturn;
      } else if (state === afterQuote) {
        if (byte !== quote) this.#failAfterQuote();
        this.#quoting = 2;
        state = inQuotes;
      } else if (byte === quote) {
        this.#quoting = 1;
        this.#quoteLine = this.#line;
        state = inQuotes;
      } else {
        state = inPlain;
      }
    }
    this.#state = state;
    this.#seen = seen;
    this.#pending = Buffer.from(bytes.subarray(rowStart));
    if (this.#pending.length > longestRowBytes) this.#failWithoutEnd();
  }

  /** Appends the last row if the file does not end with a line end. @throws UserError as push does. */
  finish(rows: DelimitedRow[]): void {
    if (this.#state === inQuotes) this.#failWithoutEnd();
    if (this.#state === afterReturn) this.#failAtReturn();
    if (this.#pending.length === 0) return;
    this.#endCell(this.#pending.length);
    this.#endRow(this.#pending, 0, this.#pending.length, "", rows);
  }

  #endCell(end: number): void {
    this.#bounds.push(this.#cellStart, end, this.#quoting);
    this.#cellStart = end + 1;
    this.#quoting = 0;
    if (this.#bounds.length > 3 * mostCells) {
      throw new UserError(`${this.#path}:${this.#rowLine}: a row with more than ${mostCells} cells`, {
        hint: "is this a table with one row per line?",
      });
    }
  }

  #endRow(
    bytes: Buffer,
    start: number,
    end: number,
    newline: DelimitedRow["newline"],
    rows: DelimitedRow[],
  ): void {
    const line = this.#rowLine;
    if (end > start) {
      const ascii = this.#seen < 0x80;
      if (!ascii) checkUtf8(bytes.subarray(start, end), this.#path, line);
      const encoding = ascii ? "latin1" : "utf8";
      const cells: string[] = [];
      for (let cell = 0; cell < this.#bounds.length; cell += 3) {
        const quoting = this.#bounds[cell + 2] as number;
        const inset = quoting === 0 ? 0 : 1;
        const from = start + (this.#bounds[cell] as number) + inset;
        const text = bytes.toString(encoding, from, start + (this.#bounds[cell + 1] as number) - inset);
        cells.push(quoting === 2 ? text.replaceAll('""', '"') : text);
      }
      rows.push({ line, cells, source: bytes.toString(encoding, start, end), newline });
    }
    this.#line++;
    this.#rowLine = this.#line;
    this.#bounds.length = 0;
    this.#cellStart = 0;
    this.#seen = 0;
  }

  #failAtReturn(): never {
    throw new UserError(`${this.#path}:${this.#line}: a carriage return that does not end a line`, {
      hint: "save the table with LF or CRLF line ends, or put the cell in double quotes",
    });
  }

  #failAfterQuote(): never {
    const opened = this.#quoteLine === this.#line ? "" : ` (the quote opens on line ${this.#quoteLine})`;
    const cell = this.#bounds.length / 3 + 1;
    throw new UserError(
      `${this.#path}:${this.#line}: text after the closing quote of cell ${cell}${opened}`,
      {
        hint: 'write a quote inside a quoted cell twice: "5"" screen"',
      },
    );
  }

  #failWithoutEnd(): never {
    if (this.#state !== inQuotes) {
      const megabytes = longestRowBytes / 1024 / 1024;
      throw new UserError(`${this.#path}:${this.#rowLine}: a row longer than ${megabytes} MiB`, {
        hint: "is this a table with one row per line?",
      });
    }
    const cell = this.#bounds.length / 3 + 1;
    throw new UserError(
      `${this.#path}:${this.#quoteLine}: the quote that opens cell ${cell} is never closed`,
      {
        hint: "close it, or write a quote that belongs to the text twice inside a quoted cell",
      },
    );
  }
}
