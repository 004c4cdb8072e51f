import type { FileHandle } from "node:fs/promises";
import {
  type AsyncBuffer,
  type FileMetaData,
  parquetMetadataAsync,
  parquetSchema,
  type SchemaElement,
} from "hyparquet";
import { type ParquetColumn, type ParquetValue, parquetColumn } from "./parquetColumn.ts";
import { storedSchema } from "./parquetSchema.ts";
import { readParquetColumns } from "./readParquetColumns.ts";
import { reopenTableFile, type TableFile } from "./tableFile.ts";

/** More nodes, or deeper ones, have no table's columns. */
const mostNodes = 10_000;
const deepestNode = 100;

/** A Parquet file's footer. @throws Error for bytes that are none, or that contradict themselves */
export async function readParquetFooter(file: TableFile): Promise<FileMetaData> {
  const handle = await reopenTableFile(file);
  try {
    const metadata = await parquetMetadataAsync(fileBuffer(handle, file), { geoparquet: false });
    checkFooter(metadata);
    return metadata;
  } finally {
    await handle.close();
  }
}

/** The columns that a footer declares, in its order. @throws Error for a schema that is no tree */
export function footerColumns(metadata: FileMetaData): readonly ParquetColumn[] {
  return parquetSchema(metadata).children.map(parquetColumn);
}

/**
 * The stored values of rows `rowStart` to `rowEnd` (exclusive), `[column][row]`.
 * @param columns those to be read, in the footer's order; by default all
 * @throws Error for pages that contradict the footer
 */
export async function readParquetRows(
  file: TableFile,
  metadata: FileMetaData,
  rowStart: number,
  rowEnd: number,
  columns: readonly ParquetColumn[] = footerColumns(metadata),
): Promise<readonly (readonly ParquetValue[])[]> {
  const stored: FileMetaData = { ...metadata, schema: storedSchema(footerColumns(metadata)) };
  const handle = await reopenTableFile(file);
  try {
    return await readParquetColumns(fileBuffer(handle, file), stored, columns, rowStart, rowEnd);
  } finally {
    await handle.close();
  }
}

/** The footer says twice how many rows there are and of which types the columns are. */
function checkFooter({ num_rows: rowCount, row_groups: groups, schema }: FileMetaData): void {
  checkDepth(schema);
  const counted = groups.reduce((sum, group) => sum + group.num_rows, 0n);
  if (counted !== rowCount || groups.some((group) => group.num_rows < 0n)) {
    throw new Error(`${rowCount} rows announced, ${counted} found`);
  }
  const types = schema.flatMap(({ type }) => type ?? []).join();
  if (groups.some((group) => group.columns.map((chunk) => chunk.meta_data?.type).join() !== types)) {
    throw new Error("a row group has other columns than the schema");
  }
}

/** What comes later recurses into the schema. */
function checkDepth(schema: readonly SchemaElement[]): void {
  if (schema.length > mostNodes) throw new Error(`more than ${mostNodes} columns`);
  const open: number[] = [];
  for (const { num_children: children = 0 } of schema) {
    while (open.at(-1) === 0) open.pop();
    const left = open.at(-1);
    if (left !== undefined) open[open.length - 1] = left - 1;
    if (children > 0) open.push(children);
    if (open.length > deepestNode) throw new Error(`columns nested more than ${deepestNode} deep`);
  }
}

/** Random access to the open file. */
function fileBuffer(handle: FileHandle, { sizeBytes }: TableFile): AsyncBuffer {
  return {
    byteLength: sizeBytes,
    async slice(start, end = sizeBytes) {
      if (start < 0 || end > sizeBytes || start > end) throw new RangeError("a page lies outside the file");
      const bytes = new Uint8Array(end - start);
      let filled = 0;
      while (filled < bytes.length) {
        const { bytesRead } = await handle.read(bytes, filled, bytes.length - filled, start + filled);
        if (bytesRead === 0) throw new RangeError("the file ends early");
        filled += bytesRead;
      }
      return bytes.buffer;
    },
  };
}
