import { UserError } from "../errors.ts";
import type { Cell } from "./cell.ts";
import { mapEntries } from "./parquetCell.ts";
import type { ParquetColumn, ParquetType, ParquetValue } from "./parquetColumn.ts";
import { wellFormedText } from "./tableText.ts";

/** A value as it is handed to the Parquet writer: stored values, and text as text. */
export type ParquetWritten = ParquetValue | string;

/**
 * The column as Clipbook writes it: it may be null, since a unit from elsewhere has no such cell, and the outdated INT96
 * becomes a 64-bit timestamp in nanoseconds.
 * @throws UserError for nested types other than lists and maps in today's layout, and structs.
 */
export function writableColumn({ name, type }: ParquetColumn): ParquetColumn {
  if (!isWritable(type)) {
    throw new UserError(`column "${name}" has a nested type that Clipbook cannot write to Parquet`, {
      hint: "write the results as .csv or .jsonl",
    });
  }
  const written = withoutInt96(type);
  return { name, type: { ...written, element: { ...written.element, repetition_type: "OPTIONAL" } } };
}

/** The cell as its column stores it; undefined is null. @throws UserError for an INT96 time beyond 64 bits. */
export function storedValue(cell: Cell, { name, type }: ParquetColumn): ParquetWritten {
  if (cell === undefined) return undefined;
  if (typeof cell === "string") return wellFormedText(cell);
  if ("json" in cell) return storedJson(cell.json, type);
  if (typeof cell.parquet === "bigint" && BigInt.asIntN(64, cell.parquet) !== cell.parquet) {
    throw new UserError(`column "${name}" has a time that 64-bit nanoseconds do not reach`, {
      hint: "write the results as .csv or .jsonl",
    });
  }
  return storedNode(cell.parquet, type);
}

function storedJson(json: string, { kind }: ParquetType): ParquetWritten {
  if (json === "null") return undefined;
  if (kind === "text") return wellFormedText(JSON.parse(json) as string);
  if (kind === "boolean") return json === "true";
  if (kind === "integer") return BigInt(json);
  if (kind === "float64") return Number(json);
  return json;
}

/** Maps are read as lists of pairs in a group and written as lists of pairs. */
function storedNode(value: ParquetValue, type: ParquetType): ParquetValue {
  if (value === null || value === undefined || type.children.length === 0) return value;
  if (type.kind === "map") {
    const valueType = type.children[0]?.children[1];
    return mapEntries(value, type).map(([key, entry]) => ({
      key,
      value: valueType && storedNode(entry, valueType),
    }));
  }
  if (type.kind === "list") {
    const item = type.children[0]?.children[0] as ParquetType;
    return (value as readonly ParquetValue[]).map((entry) => storedNode(entry, item));
  }
  const fields = value as { readonly [name: string]: ParquetValue };
  return Object.fromEntries(
    type.children.map((child) => [child.element.name, storedNode(fields[child.element.name], child)]),
  );
}

function isWritable({ kind, element, children }: ParquetType): boolean {
  if (element.repetition_type === "REPEATED") return false;
  if (children.length === 0) return element.type !== undefined;
  const [group, ...others] = children;
  if (kind === "struct" || !group) return children.every(isWritable);
  if (others.length > 0 || group.element.repetition_type !== "REPEATED" || group.children.length === 0)
    return false;
  if (kind === "list") return group.children.length === 1 && group.children.every(isWritable);
  const [key, value] = group.children;
  return (
    group.children.length === 2 &&
    key?.element.name === "key" &&
    value?.element.name === "value" &&
    group.children.every(isWritable)
  );
}

function withoutInt96(type: ParquetType): ParquetType {
  if (type.element.type !== "INT96") return { ...type, children: type.children.map(withoutInt96) };
  const { name, repetition_type } = type.element;
  return {
    ...type,
    element: {
      name,
      ...(repetition_type && { repetition_type }),
      type: "INT64",
      logical_type: { type: "TIMESTAMP", isAdjustedToUTC: false, unit: "NANOS" },
    },
  };
}
