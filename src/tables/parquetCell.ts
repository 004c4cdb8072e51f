import type { ParquetType, ParquetValue } from "./parquetColumn.ts";
import { scalarText } from "./parquetScalarText.ts";

/** A value of a Parquet column that is not text: the stored value, and the type that says what it means. */
export interface ParquetCell {
  readonly parquet: ParquetValue;
  readonly type: ParquetType;
}

/** The value as text: ISO 8601 dates and times, exact decimals, JSON for lists and structs, base64 for other bytes. */
export function parquetText({ parquet, type }: ParquetCell): string {
  if (parquet === null || parquet === undefined) return "";
  return isScalar(type) ? scalarText(parquet, type) : nodeJson(parquet, type);
}

/**
 * The value as JSON on one line. What JSON has no number for: NaN becomes null, infinities become text; dates, times and
 * bytes are text as in `parquetText`.
 */
export function parquetJson({ parquet, type }: ParquetCell): string {
  return nodeJson(parquet, type);
}

function isScalar(type: ParquetType): boolean {
  return type.children.length === 0 && type.element.repetition_type !== "REPEATED";
}

function nodeJson(value: ParquetValue, type: ParquetType): string {
  if (value === null || value === undefined) return "null";
  if (type.element.repetition_type === "REPEATED" && Array.isArray(value)) return listJson(value, type);
  if (type.kind === "list" && Array.isArray(value)) {
    const [repeated] = type.children;
    // Three levels, list and element (LogicalTypes.md, "Lists"), or the older two, where the repeated node is the element.
    return listJson(value, repeated?.children.length === 1 ? repeated.children[0] : repeated);
  }
  if (type.kind === "map") return mapJson(value, type);
  if (type.children.length > 0) {
    const fields = value as { readonly [field: string]: ParquetValue };
    const members = type.children.map(
      (child) => `${JSON.stringify(child.element.name)}:${nodeJson(fields[child.element.name], child)}`,
    );
    return `{${members.join(",")}}`;
  }
  return scalarJson(value, type);
}

function listJson(items: readonly ParquetValue[], type: ParquetType | undefined): string {
  if (!type) throw new RangeError("a list without an element type");
  const element = { ...type, element: { ...type.element, repetition_type: "OPTIONAL" as const } };
  return `[${items.map((item) => nodeJson(item, element)).join(",")}]`;
}

function mapJson(value: ParquetValue, type: ParquetType): string {
  const members = mapEntries(value, type).map(([key, entry]) => {
    const [keyType, valueType] = type.children[0]?.children ?? [];
    if (!keyType) throw new RangeError("a map without a key type");
    return `${JSON.stringify(parquetText({ parquet: key, type: keyType }))}:${valueType ? nodeJson(entry, valueType) : "null"}`;
  });
  return `{${members.join(",")}}`;
}

/** The pairs of a map as it is stored: a repeated group of a key and, mostly, a value. */
export function mapEntries(value: ParquetValue, type: ParquetType): readonly [ParquetValue, ParquetValue][] {
  const [group] = type.children;
  const [keyType, valueType] = group?.children ?? [];
  if (!group || !keyType) throw new RangeError("a map without a key type");
  const entries = (value as { readonly [name: string]: ParquetValue })[group.element.name];
  return ((entries ?? []) as readonly { readonly [name: string]: ParquetValue }[]).map((entry) => [
    entry[keyType.element.name],
    valueType ? entry[valueType.element.name] : undefined,
  ]);
}

function scalarJson(value: ParquetValue, type: ParquetType): string {
  const text = scalarText(value, type);
  switch (type.kind) {
    case "boolean":
    case "integer":
    case "unsigned":
    case "decimal":
      return text;
    case "float16":
    case "float32":
    case "float64":
      return text === "NaN" ? "null" : text.endsWith("Infinity") ? JSON.stringify(text) : text;
    case "json":
      return oneLineJson(text);
    default:
      return JSON.stringify(text);
  }
}

/** A column may be declared as JSON and hold something else. */
function oneLineJson(text: string): string {
  try {
    JSON.parse(text);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return JSON.stringify(text);
  }
  return text.replace(/[\r\n]+/g, " "); // Inside a JSON string they would be escaped.
}
