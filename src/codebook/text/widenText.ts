import { categoryParts, isFullForm } from "./draftOfLayout.ts";
import type { TextLayout } from "./readTextLayout.ts";
import { indented, linesOf } from "./textLines.ts";
import type { TextManner } from "./textManner.ts";
import {
  type BlockText,
  type FlowText,
  hasValueBelow,
  partText,
  partTextWith,
  type TextPart,
  valueText,
} from "./textPart.ts";

/** What a text lacks for what it shall say. */
export interface Widening {
  /** The key `categories`, under which all of it goes. */
  readonly toFullForm: boolean;
  /** Categories that are a list and shall have a key `phrases` for it, by their index. */
  readonly toSettings: ReadonlySet<number>;
}

/** The same codebook in more words: with the keys that settings need, and everything else as it is written. */
export function widenText(layout: TextLayout, widening: Widening, manner: TextManner): string {
  const { prefix, root, suffix } = layout;
  const { newline, step } = manner;
  const indices = new Map(categoryParts(layout).map((part, index) => [part, index]));
  const widened = (part: TextPart): string => {
    const index = indices.get(part);
    if (index !== undefined) {
      return widening.toSettings.has(index) ? withPhrasesKey(part, root.kind, manner) : partText(part);
    }
    const { value } = part;
    if (value.kind === "scalar" || !value.parts.some((inner) => indices.has(inner))) return partText(part);
    return partTextWith(part, partsText(value), hasValueBelow(part));
  };
  const partsText = (value: BlockText | FlowText): string => {
    const parts = value.parts.map(widened).join("");
    return value.kind === "flow" ? value.open + parts + value.close : parts;
  };
  const text = partsText(root);
  if (!widening.toFullForm || isFullForm(layout)) return prefix + text + suffix;
  if (root.kind === "block") {
    // What stands at the top of the file stays there.
    const top = root.parts[0]?.gap ?? "";
    return `${prefix}${top}categories:${newline}${indented(text.slice(top.length), step)}${suffix}`;
  }
  return prefix + inBraces("categories", text, "", root.inLines, manner) + suffix;
}

/** A category whose list of phrases gets its key. */
function withPhrasesKey(part: TextPart, container: "block" | "flow", manner: TextManner): string {
  const { value, lead, colon, end } = part;
  const { newline, step } = manner;
  const text = valueText(value);
  if (container === "flow") {
    const inLines = value.kind === "flow" && value.inLines;
    return partTextWith(part, inBraces("phrases", text, lead, inLines, manner), false);
  }
  const isBelow = value.kind === "block";
  const list = isBelow ? newline + indented(text, step) : ` ${indentedBelow(text, step)}${newline}`;
  const ended = { ...part, colon: colon.trimEnd(), end: end === "" ? newline : end };
  return partTextWith(ended, `${lead}${step}phrases:${list}`, true);
}

/** `{ key: text }`, in lines or not. */
function inBraces(
  key: string,
  text: string,
  indent: string,
  inLines: boolean,
  { json, newline, step }: TextManner,
): string {
  const written = json ? JSON.stringify(key) : key;
  if (!inLines) return `{${written}: ${text}}`;
  return `{${newline}${indent}${step}${written}: ${indentedBelow(text, step)}${newline}${indent}}`;
}

/** All lines but the first, which stands behind something. */
function indentedBelow(text: string, blanks: string): string {
  const [first = "", ...rest] = linesOf(text);
  return first + indented(rest.join(""), blanks);
}
