import { UserError } from "../errors.ts";
import { DelimitedParser, type DelimitedRow } from "./delimitedParser.ts";
import type { Delimiter } from "./tableFormat.ts";

interface Attempt {
  readonly delimiter: Delimiter;
  /** Cells of the header. */
  readonly columnCount: number;
  /** Whether every row of the sample could be read and is as long as the header. */
  readonly even: boolean;
}

/**
 * Which delimiter splits the beginning of a table best: one that gives every row as many cells as the header before one
 * that does not, then the one with more columns, then the usual one for the file's kind. A table with one column has
 * the usual one.
 * @param sample the file's first bytes, without a byte-order mark
 * @param complete whether the sample is the whole file
 */
export function detectDelimiter(sample: Buffer, complete: boolean, kind: "csv" | "tsv"): Delimiter {
  const usual: readonly Delimiter[] = kind === "csv" ? [",", ";", "\t"] : ["\t", ",", ";"];
  const attempts = usual
    .map((delimiter) => tryDelimiter(sample, complete, delimiter))
    .filter((attempt) => attempt.columnCount > 1);
  const even = attempts.filter((attempt) => attempt.even);
  const candidates = even.length > 0 ? even : attempts;
  const best = candidates.reduce<Attempt | undefined>(
    (before, attempt) => (before && before.columnCount >= attempt.columnCount ? before : attempt),
    undefined,
  );
  return best?.delimiter ?? (kind === "csv" ? "," : "\t");
}

function tryDelimiter(sample: Buffer, complete: boolean, delimiter: Delimiter): Attempt {
  const parser = new DelimitedParser("", delimiter);
  const rows: DelimitedRow[] = [];
  let readable = true;
  try {
    parser.push(sample, rows);
    if (complete) parser.finish(rows);
  } catch (error) {
    // The file's own fault, if it is one, is met again when the rows are read with the delimiter that is chosen here.
    if (!(error instanceof UserError)) throw error;
    readable = false;
  }
  const columnCount = rows[0]?.cells.length ?? 0;
  return { delimiter, columnCount, even: readable && rows.every((row) => row.cells.length === columnCount) };
}
