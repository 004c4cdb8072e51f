import { UserError } from "../errors.ts";
import type { InputTable } from "./inputTable.ts";
import { openDelimited } from "./openDelimited.ts";
import { openJsonLines } from "./openJsonLines.ts";
import { openParquet } from "./openParquet.ts";
import { findTableFile } from "./tableFile.ts";
import { maybeTableFormat } from "./tableFormat.ts";

/**
 * Opens the user's table: `.csv`, `.tsv`, `.jsonl`, `.ndjson` or `.parquet`. Rows are read later, as a stream.
 * @throws UserError if it is missing, empty, damaged, not UTF-8, has duplicate columns or another extension.
 */
export async function openTable(path: string): Promise<InputTable> {
  const format = maybeTableFormat(path);
  if (!format) {
    throw new UserError(`${path}: not a table that Clipbook reads`, {
      hint: "save it as .csv, .tsv, .jsonl or .parquet",
    });
  }
  const file = await findTableFile(path);
  if (format.kind === "parquet") return openParquet(file);
  if (format.kind === "jsonl") return openJsonLines(file);
  return openDelimited(file, format.kind);
}
