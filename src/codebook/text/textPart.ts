import type { SourceNode } from "../sourceNode.ts";

/**
 * A list item or a mapping's entry as it is written: pieces of the text that, put together again, are the text. An entry in
 * lines whose value is in lines, too, reads `gap above lead key colon trail end value tail`, any other one
 * `gap above lead key colon value comma trail end tail`.
 */
export interface TextPart {
  /** Whole lines, blank or comments, that stand apart before it; empty in one line with its neighbours. */
  readonly gap: string;
  /** Whole lines of comments right above it. */
  readonly above: string;
  /** Before key or value on its line: indentation, and a list item's dash. */
  readonly lead: string;
  /** An entry's key; undefined for a list item. */
  readonly key: { readonly text: string; readonly raw: string } | undefined;
  /** From the key's end to the value, or to the comment behind the colon. */
  readonly colon: string;
  readonly value: TextValue;
  /** In braces and brackets: the comma behind it, in one line with its neighbours also all up to the next. */
  readonly comma: string;
  /** A comment behind it, with the blanks before. */
  readonly trail: string;
  /** Its line's end; empty in one line with its neighbours, and at the end of the file. */
  readonly end: string;
  /** Whole lines of comments below it that are indented deeper. */
  readonly tail: string;
  /** What the comments at it say, line by line, without `#`. */
  readonly comment: string | undefined;
}

/** A single text, number or yes-or-no value as it is written. */
export interface ScalarText {
  readonly kind: "scalar";
  /** What it was read as; undefined for one that was not read. */
  readonly node: SourceNode | undefined;
  readonly raw: string;
}

/** A list or mapping in lines, by indentation. */
export interface BlockText {
  readonly kind: "block";
  readonly holds: "list" | "mapping";
  /** The blanks before each dash or key. */
  readonly indent: string;
  readonly parts: readonly TextPart[];
}

/** A list or mapping in brackets or braces. */
export interface FlowText {
  readonly kind: "flow";
  readonly holds: "list" | "mapping";
  /** Whether each part has lines of its own. */
  readonly inLines: boolean;
  /** From the opening bracket to the first part. */
  readonly open: string;
  readonly parts: readonly TextPart[];
  /** From the last part to the closing bracket. */
  readonly close: string;
}

/** A value as it is written. */
export type TextValue = ScalarText | BlockText | FlowText;

/** True for an entry whose value begins on the line below. */
export function hasValueBelow({ key, value }: Pick<TextPart, "key" | "value">): boolean {
  return key !== undefined && value.kind === "block";
}

/** The text that a part was read from. */
export function partText(part: TextPart): string {
  return partTextWith(part, valueText(part.value), hasValueBelow(part));
}

/** A part's text with other words for its value. @param isBelow whether these are lines below its key */
export function partTextWith(part: TextPart, value: string, isBelow: boolean): string {
  const { gap, above, lead, key, colon, comma, trail, end, tail } = part;
  const head = gap + above + lead + (key?.raw ?? "") + colon;
  return isBelow ? head + trail + end + value + tail : head + value + comma + trail + end + tail;
}

/** The text that a value was read from. */
export function valueText(value: TextValue): string {
  if (value.kind === "scalar") return value.raw;
  const parts = value.parts.map(partText).join("");
  return value.kind === "block" ? parts : value.open + parts + value.close;
}
