import type { ConvertedType, SchemaElement } from "hyparquet";
import type { ParquetColumn, ParquetType } from "./parquetColumn.ts";

/** The schema of a file with these columns, annotations and all: root first, then every node before its children. */
export function declaredSchema(columns: readonly ParquetColumn[]): SchemaElement[] {
  return [rootOf(columns), ...columns.flatMap(({ type }) => flatten(type, declaredElement))];
}

/**
 * The same schema with values left as they are stored, for reading: without annotations the library converts nothing, and
 * so loses nothing. Maps become lists of pairs, because as objects they would lose the type of their keys.
 */
export function storedSchema(columns: readonly ParquetColumn[]): SchemaElement[] {
  const keep = (node: ParquetType) => bareElement(node, node.kind === "list" ? "LIST" : undefined);
  return [rootOf(columns), ...columns.flatMap(({ type }) => flatten(type, keep))];
}

/** The same schema for writing stored values: lists and maps must be known as such, all else is as it is stored. */
export function writtenSchema(columns: readonly ParquetColumn[]): SchemaElement[] {
  const annotation = { list: "LIST", map: "MAP" } as const;
  const keep = (node: ParquetType) =>
    bareElement(node, node.kind === "list" || node.kind === "map" ? annotation[node.kind] : undefined);
  return [rootOf(columns), ...columns.flatMap(({ type }) => flatten(type, keep))];
}

function rootOf(columns: readonly ParquetColumn[]): SchemaElement {
  return { name: "root", num_children: columns.length };
}

function flatten(type: ParquetType, elementOf: (node: ParquetType) => SchemaElement): SchemaElement[] {
  return [elementOf(type), ...type.children.flatMap((child) => flatten(child, elementOf))];
}

function bareElement(
  { element, children }: ParquetType,
  converted: "LIST" | "MAP" | undefined,
): SchemaElement {
  const { name, type, type_length, repetition_type } = element;
  return {
    name,
    ...(repetition_type && { repetition_type }),
    ...(type && { type }),
    ...(type_length !== undefined && { type_length }),
    ...(children.length > 0 && { num_children: children.length }),
    ...(converted && { converted_type: converted }),
  };
}

/** hyparquet-writer 0.17 spells INTEGER annotations in a way that Arrow rejects; the converted types say the same. */
function declaredElement({ element }: ParquetType): SchemaElement {
  const { logical_type: logical, ...rest } = element;
  if (logical?.type !== "INTEGER") return element;
  const converted = `${logical.isSigned ? "INT" : "UINT"}_${logical.bitWidth}` as ConvertedType;
  return { ...rest, converted_type: converted };
}
