import type { Writable } from "node:stream";
import { setImmediate as nextTurn } from "node:timers/promises";
import { encodeDelimited } from "./encodeDelimited.ts";
import { encodeJsonLines } from "./encodeJsonLines.ts";
import { encodeParquet } from "./encodeParquet.ts";
import { openFileSink, streamSink } from "./outputSink.ts";
import { checkOutputTable, type OutputRow, type OutputTable } from "./outputTable.ts";

/** What may stop the writing. */
export interface WriteTableOptions {
  readonly signal?: AbortSignal | undefined;
}

/**
 * Writes a table row by row, in memory that does not grow with it. A file takes its name when it is complete and on the
 * disk; if the rows or the disk fail, or the signal fires, nothing of it remains and what was there before stays. A stream
 * is not ended.
 * @param target the file's path, or a stream
 * @throws UserError if a column name is taken, or the file cannot be written
 * @throws RangeError for a row that does not fit the table
 */
export async function writeTable(
  target: string | Writable,
  table: OutputTable,
  rows: AsyncIterable<OutputRow> | Iterable<OutputRow>,
  options: WriteTableOptions = {},
): Promise<void> {
  const { signal } = options;
  signal?.throwIfAborted();
  checkOutputTable(table);
  const chunks = encodeTable(table, rows);
  const sink = typeof target === "string" ? await openFileSink(target) : streamSink(target);
  try {
    for await (const chunk of chunks) {
      signal?.throwIfAborted();
      await sink.write(chunk);
      // A reader that is fast enough would never let anything else have its turn.
      await nextTurn();
    }
    signal?.throwIfAborted();
    await sink.commit();
  } catch (error) {
    await sink.discard();
    throw error;
  }
}

function encodeTable(
  table: OutputTable,
  rows: AsyncIterable<OutputRow> | Iterable<OutputRow>,
): AsyncGenerator<string | Uint8Array> {
  const { format } = table;
  if (format.kind === "parquet") return encodeParquet(table, rows);
  if (format.kind === "jsonl") return encodeJsonLines(table, format, rows);
  return encodeDelimited(table, format, rows);
}
