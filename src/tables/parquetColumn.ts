import type { SchemaElement, SchemaTree } from "hyparquet";

/** What a Parquet value means, beyond how it is stored. */
export type ParquetScalar =
  | "boolean"
  | "integer"
  | "unsigned"
  | "float16"
  | "float32"
  | "float64"
  | "decimal"
  | "date"
  | "time"
  | "timestamp"
  | "text"
  | "json"
  | "uuid"
  | "bytes";

/** A value as Parquet stores it, before any meaning is read into it. */
export type ParquetValue =
  | boolean
  | number
  | bigint
  | Uint8Array
  | null
  | undefined
  | readonly ParquetValue[]
  | { readonly [field: string]: ParquetValue };

/** A node of a column's schema: a scalar, or a group with children as in the file. */
export interface ParquetType {
  readonly kind: ParquetScalar | "struct" | "list" | "map";
  /** As the file declares it. */
  readonly element: SchemaElement;
  readonly children: readonly ParquetType[];
}

/** A column of a Parquet file. */
export interface ParquetColumn {
  readonly name: string;
  readonly type: ParquetType;
}

/** The column that a file's schema describes. */
export function parquetColumn(tree: SchemaTree): ParquetColumn {
  return { name: tree.element.name, type: parquetType(tree) };
}

/** A column of text. */
export function textColumn(name: string): ParquetColumn {
  return typedColumn(name, "text");
}

/** A column of any JSON values, stored as their JSON text. */
export function jsonColumn(name: string): ParquetColumn {
  return typedColumn(name, "json");
}

/** A column of scalars that may be null. */
export function typedColumn(
  name: string,
  kind: "text" | "json" | "boolean" | "integer" | "float64",
): ParquetColumn {
  const storage = {
    text: { type: "BYTE_ARRAY", converted_type: "UTF8", logical_type: { type: "STRING" } },
    json: { type: "BYTE_ARRAY", converted_type: "JSON", logical_type: { type: "JSON" } },
    boolean: { type: "BOOLEAN" },
    integer: { type: "INT64" },
    float64: { type: "DOUBLE" },
  } as const;
  return {
    name,
    type: { kind, element: { name, repetition_type: "OPTIONAL", ...storage[kind] }, children: [] },
  };
}

function parquetType({ element, children }: SchemaTree): ParquetType {
  return {
    kind: children.length > 0 ? groupKind(element) : scalarKind(element),
    element,
    children: children.map(parquetType),
  };
}

function groupKind({ converted_type: converted, logical_type: logical }: SchemaElement): ParquetType["kind"] {
  if (converted === "LIST" || logical?.type === "LIST") return "list";
  if (converted === "MAP" || converted === "MAP_KEY_VALUE" || logical?.type === "MAP") return "map";
  return "struct";
}

/** Converted types are the older of the two annotations (parquet-format, LogicalTypes.md); files may have either. */
function scalarKind({
  type,
  converted_type: converted,
  logical_type: logical,
}: SchemaElement): ParquetScalar {
  if (converted === "DECIMAL" || logical?.type === "DECIMAL") return "decimal";
  if (type === "BOOLEAN") return "boolean";
  if (type === "FLOAT") return "float32";
  if (type === "DOUBLE") return "float64";
  if (type === "INT96") return "timestamp";
  if (type === "INT32" || type === "INT64") {
    if (converted === "DATE" || logical?.type === "DATE") return "date";
    if (converted?.startsWith("TIMESTAMP_") || logical?.type === "TIMESTAMP") return "timestamp";
    if (converted?.startsWith("TIME_") || logical?.type === "TIME") return "time";
    const unsigned = converted?.startsWith("UINT_") || (logical?.type === "INTEGER" && !logical.isSigned);
    return unsigned ? "unsigned" : "integer";
  }
  if (
    converted === "UTF8" ||
    converted === "ENUM" ||
    logical?.type === "STRING" ||
    logical?.type === "ENUM"
  ) {
    return "text";
  }
  if (converted === "JSON" || logical?.type === "JSON") return "json";
  if (logical?.type === "UUID") return "uuid";
  if (logical?.type === "FLOAT16") return "float16";
  return "bytes";
}
