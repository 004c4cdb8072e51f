import type { FileMetaData } from "hyparquet";
import type { VectorNumberType } from "./npyHeader.ts";
import type { ParquetColumn, ParquetType, ParquetValue } from "./parquetColumn.ts";
import { footerColumns, readParquetRows } from "./parquetFile.ts";
import type { TableFile } from "./tableFile.ts";

/** Vectors of a Parquet file and the texts beside them, as the process that reads them answers. */
export interface ParquetVectors {
  /** Little endian, `[count, dim]`. */
  readonly bytes: Uint8Array;
  readonly dim: number;
  /** UTF-8, or null. */
  readonly names: readonly (Uint8Array | null)[];
  /** What is wrong with the first row that is no vector of `dim` numbers; those before it are given. */
  readonly fault?: { readonly row: number; readonly sentence: string };
}

/** The kind of floats in a column of lists; undefined for a column that holds no lists of floats. */
export function maybeVectorType({ type }: ParquetColumn): VectorNumberType | undefined {
  if (type.kind !== "list" && type.element.repetition_type !== "REPEATED") return undefined;
  const leaf = leafOf(type);
  if (leaf === undefined) return undefined;
  const { kind } = leaf;
  return kind === "float16" || kind === "float32" || kind === "float64" ? kind : undefined;
}

/** A list's one leaf, whatever the groups between are called; undefined for lists of records and lists of lists. */
function leafOf(type: ParquetType): ParquetType | undefined {
  const [group] = type.children;
  if (group === undefined) return type;
  if (type.children.length > 1 || group.kind === "list") return undefined;
  const [item] = group.children;
  if (item === undefined) return group;
  return group.children.length > 1 || item.children.length > 0 ? undefined : item;
}

/**
 * Vectors and names of rows `rowStart` to `rowEnd` (exclusive); no other column is read.
 * @throws Error for pages that contradict the footer
 */
export async function readParquetVectors(
  file: TableFile,
  metadata: FileMetaData,
  asked: { readonly vectorColumn: string; readonly nameColumn: string; readonly dim: number },
  rowStart: number,
  rowEnd: number,
): Promise<ParquetVectors> {
  const columns = footerColumns(metadata).filter(({ name }) =>
    [asked.vectorColumn, asked.nameColumn].includes(name),
  );
  const values = await readParquetRows(file, metadata, rowStart, rowEnd, columns);
  const at = (name: string) => columns.findIndex((column) => column.name === name);
  const lists = values[at(asked.vectorColumn)] ?? [];
  const names = (values[at(asked.nameColumn)] ?? []).map((value) => value as Uint8Array | null);
  const numberType = maybeVectorType(columns[at(asked.vectorColumn)] as ParquetColumn) ?? "float32";
  const { dim } = asked;
  const numbers =
    numberType === "float64" ? new Float64Array(lists.length * dim) : new Float32Array(lists.length * dim);
  for (const [row, list] of lists.entries()) {
    const sentence = fillRow(list, numberType, numbers.subarray(row * dim, (row + 1) * dim));
    if (sentence !== undefined)
      return {
        ...packed(numbers.subarray(0, row * dim), numberType),
        dim,
        names,
        fault: { row: rowStart + row, sentence },
      };
  }
  return { ...packed(numbers, numberType), dim, names };
}

function packed(numbers: Float32Array | Float64Array, numberType: VectorNumberType): { bytes: Uint8Array } {
  const { buffer, byteOffset, byteLength } = numberType === "float16" ? new Float16Array(numbers) : numbers;
  return { bytes: new Uint8Array(buffer as ArrayBuffer, byteOffset, byteLength) };
}

/** Writes a list's numbers; what is wrong where they are no vector of that many. */
function fillRow(
  list: ParquetValue,
  numberType: VectorNumberType,
  target: Float32Array | Float64Array,
): string | undefined {
  if (list === null || list === undefined) return "there is no vector";
  if (!Array.isArray(list)) return "what should be a list is none";
  if (list.length !== target.length) return `the vector has ${list.length} numbers, not ${target.length}`;
  for (let i = 0; i < target.length; i++) {
    const value = list[i] as ParquetValue;
    const number = numberType === "float16" && value instanceof Uint8Array ? halfOf(value) : value;
    if (typeof number !== "number") return `number ${i + 1} of the vector is missing`;
    target[i] = number;
  }
  return undefined;
}

/** IEEE 754 binary16, little endian, as parquet-format's LogicalTypes.md stores FLOAT16. */
function halfOf(bytes: Uint8Array): number {
  return new DataView(bytes.buffer, bytes.byteOffset, 2).getFloat16(0, true);
}
