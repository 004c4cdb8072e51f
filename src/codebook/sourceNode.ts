import { isAlias, isMap, isSeq, type ParsedNode } from "yaml";

/** A YAML value with its place in the text: `start` and `end` are offsets in UTF-16 units. */
export type SourceNode = {
  readonly start: number;
  readonly end: number;
} & (
  | { readonly kind: "text"; readonly value: string; readonly quoted: boolean }
  | { readonly kind: "number" | "boolean"; readonly value: number | boolean; readonly source: string }
  | { readonly kind: "empty" }
  | { readonly kind: "list"; readonly items: readonly SourceNode[] }
  | { readonly kind: "mapping"; readonly entries: readonly SourceEntry[] }
  /** An alias, refused elsewhere. */
  | { readonly kind: "refused" }
);

/** One `key: value` of a mapping; doubled keys stay, in the file's order. */
export interface SourceEntry {
  /** The key's text as written, `007` and `true` too; undefined where the key is no text. */
  readonly key: string | undefined;
  readonly keyNode: SourceNode;
  readonly value: SourceNode;
}

/** Copies a parsed YAML node, which must not be nested deeply, into a tree that knows nothing of the parser. */
export function readSourceNode(node: ParsedNode | null | undefined, offset: number): SourceNode {
  if (node === null || node === undefined) return { kind: "empty", start: offset, end: offset };
  const [start, end] = node.range;
  if (isAlias(node)) return { kind: "refused", start, end };
  if (isSeq(node)) {
    const items = node.items.map((item) => readSourceNode(item, start));
    return { kind: "list", items, start, end };
  }
  if (isMap(node)) {
    const entries = node.items.map(({ key, value }) => readEntry(key, value, start));
    return { kind: "mapping", entries, start, end };
  }
  const { value } = node;
  if (typeof value === "string") return { kind: "text", value, quoted: node.type !== "PLAIN", start, end };
  if (typeof value === "number" || typeof value === "boolean") {
    const kind = typeof value === "number" ? "number" : "boolean";
    return { kind, value, source: node.source, start, end };
  }
  return { kind: "empty", start, end };
}

function readEntry(key: ParsedNode, value: ParsedNode | null, offset: number): SourceEntry {
  const keyNode = readSourceNode(key, offset);
  return { key: keyText(keyNode), keyNode, value: readSourceNode(value, keyNode.end) };
}

function keyText(node: SourceNode): string | undefined {
  if (node.kind === "text") return node.value;
  return node.kind === "number" || node.kind === "boolean" ? node.source : undefined;
}

/**
 * The node as a plain value: objects without a prototype, so that `__proto__` is a key like any other; of doubled
 * keys the first counts.
 */
export function toPlainValue(node: SourceNode): unknown {
  switch (node.kind) {
    case "list":
      return node.items.map(toPlainValue);
    case "mapping":
      return entriesToObject(node.entries);
    case "empty":
      return null;
    case "refused":
      return undefined;
    default:
      return node.value;
  }
}

/** Entries as an object without a prototype, which leaves out keys that are no text. */
export function entriesToObject(entries: readonly SourceEntry[]): Record<string, unknown> {
  const object: Record<string, unknown> = Object.create(null);
  for (const { key, value } of entries) {
    if (key !== undefined && !(key in object)) object[key] = toPlainValue(value);
  }
  return object;
}
