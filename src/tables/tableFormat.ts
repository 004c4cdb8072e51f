import { extname } from "node:path";
import { UserError } from "../errors.ts";

/** What separates the cells of a row. */
export type Delimiter = "," | ";" | "\t";

/** How a CSV or TSV file is written. */
export interface DelimitedFormat {
  readonly kind: "csv" | "tsv";
  readonly delimiter: Delimiter;
  /** Whether the file begins with a UTF-8 byte-order mark. */
  readonly bom: boolean;
  readonly newline: "\n" | "\r\n";
}

/** How a JSON Lines file is written. */
export interface JsonLinesFormat {
  readonly kind: "jsonl";
  readonly bom: boolean;
  readonly newline: "\n" | "\r\n";
}

/** A table's format, with what an output needs in order to look like its input. */
export type TableFormat = DelimitedFormat | JsonLinesFormat | { readonly kind: "parquet" };

const formatByExtension: Readonly<Record<string, TableFormat>> = {
  ".csv": { kind: "csv", delimiter: ",", bom: false, newline: "\n" },
  ".tsv": { kind: "tsv", delimiter: "\t", bom: false, newline: "\n" },
  ".jsonl": { kind: "jsonl", bom: false, newline: "\n" },
  ".ndjson": { kind: "jsonl", bom: false, newline: "\n" },
  ".parquet": { kind: "parquet" },
};

/** The plain format that a file name's extension stands for, whatever its case; undefined for every other name. */
export function maybeTableFormat(path: string): TableFormat | undefined {
  const extension = extname(path).toLowerCase();
  return Object.hasOwn(formatByExtension, extension) ? formatByExtension[extension] : undefined;
}

/**
 * The format for a table called `path`: the one of `like` (delimiter, byte-order mark, line ends) where the kind is
 * the same, else the plain format of the extension.
 * @throws UserError for an extension that is not a table's.
 */
export function tableFormatOf(path: string, like?: TableFormat): TableFormat {
  const format = maybeTableFormat(path);
  if (!format) {
    throw new UserError(`${path}: not the name of a table`, {
      hint: "end the name in .csv, .tsv, .jsonl or .parquet",
    });
  }
  return like?.kind === format.kind ? like : format;
}
