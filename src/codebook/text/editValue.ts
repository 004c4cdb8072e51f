import { arrangeInBrackets, arrangeLines, type PlacedPart } from "./arrangeParts.ts";
import { editComment } from "./editComment.ts";
import type { TextManner } from "./textManner.ts";
import { type FlowText, hasValueBelow, type ScalarText, type TextPart, type TextValue } from "./textPart.ts";
import type { WantedPart, WantedValue } from "./wantedText.ts";
import { maybeScalarBlock, writeScalar } from "./writeScalar.ts";

/** Where a value is to stand. */
export interface ValuePlace {
  readonly manner: TextManner;
  /** The blanks before the part that has the value; undefined for the whole text. */
  readonly indent: string | undefined;
  /** Whether it stands in brackets or braces. */
  readonly inBrackets: boolean;
  /** Whether it stood somewhere else before: then what depends on the place is written anew. */
  readonly isMoved: boolean;
  /** How deep it is: the whole text in the full form 0, the categories 1, one of them 2. */
  readonly depth: number;
}

/** Writes a value, with as much as possible of how it was written before. */
export function editValue(wanted: WantedValue, old: TextValue | undefined, place: ValuePlace): TextValue {
  if (wanted.kind === "text" || wanted.kind === "flag") return editScalar(wanted, old, place);
  const like = old?.kind === "scalar" || old?.holds !== wanted.kind ? undefined : old;
  if (wanted.parts.length === 0) return emptyList(wanted.kind);
  if (place.inBrackets || place.manner.json) return editInBrackets(wanted, like, place);
  if (like?.kind === "flow") {
    return isCommentable(wanted.parts, like)
      ? editInBrackets(wanted, like, place)
      : editLines(wanted, like, place);
  }
  const isNewList = like === undefined && wanted.kind === "list" && place.depth > 1;
  const hasComments = wanted.parts.some(({ comment }) => comment !== undefined);
  if (isNewList && place.manner.listsInBrackets && !hasComments) return editInBrackets(wanted, like, place);
  return editLines(wanted, like, place);
}

type WantedParts = Extract<WantedValue, { kind: "list" | "mapping" }>;

function emptyList(holds: "list" | "mapping"): FlowText {
  const [open, close] = holds === "list" ? ["[", "]"] : ["{", "}"];
  return { kind: "flow", holds, inLines: false, open: open as string, parts: [], close: close as string };
}

/** Whether the comments can be written without taking the list out of its brackets: between parts on one line they cannot. */
function isCommentable(parts: readonly WantedPart[], old: FlowText): boolean {
  // Comments below an item that comes from lines have no place between brackets.
  if (parts.some(({ source }) => source !== undefined && source.tail !== "")) return false;
  if (old.inLines || parts.every(({ comment }) => comment === undefined)) return true;
  return (
    parts.length === old.parts.length &&
    parts.every(({ source, comment }, i) => source === old.parts[i] && comment === source?.comment)
  );
}

function editScalar(
  wanted: Extract<WantedValue, { kind: "text" | "flag" }>,
  old: TextValue | undefined,
  { manner, indent, inBrackets, isMoved }: ValuePlace,
): ScalarText {
  const before = old?.kind === "scalar" ? old : undefined;
  const says = before?.node;
  if (wanted.kind === "flag") {
    if (before !== undefined && says?.kind === "boolean" && says.value === wanted.flag) return before;
    return scalar(String(wanted.flag));
  }
  const isSame = says?.kind === "text" && (says.value === wanted.text || says.value.trim() === wanted.text);
  if (before !== undefined && isSame && !(isMoved && /[\r\n]/u.test(before.raw))) {
    // An unquoted text may have to be quoted in brackets.
    if (!isMoved || !inBrackets || /^["']/u.test(before.raw)) return before;
  }
  if (wanted.lines === true && !inBrackets && !manner.json) {
    const block = maybeScalarBlock(wanted.text, {
      indent: (indent ?? "") + manner.step,
      newline: manner.newline,
      like: before?.raw,
    });
    if (block !== undefined) return scalar(block);
  }
  return scalar(writeScalar(wanted.text, { json: manner.json, inBrackets, like: before?.raw }));
}

function scalar(raw: string): ScalarText {
  return { kind: "scalar", node: undefined, raw };
}

function editLines(
  wanted: WantedParts,
  old: Exclude<TextValue, ScalarText> | undefined,
  place: ValuePlace,
): TextValue {
  const { manner, depth } = place;
  const parts = old?.parts ?? [];
  const below = wanted.kind === "list" ? manner.listStep : manner.step;
  const anew = place.indent === undefined ? "" : place.indent + below;
  const indent = old?.kind === "block" ? old.indent : anew;
  const dash = old?.kind === "block" ? (/- +$/u.exec(parts[0]?.lead ?? "")?.[0] ?? "- ") : "- ";
  const lead = wanted.kind === "list" ? indent + dash : indent;
  const index = new Map(old?.kind === "block" ? parts.map((part, i) => [part, i]) : []);
  const placed = wanted.parts.map((part): PlacedPart => {
    const from = part.source && index.get(part.source);
    const isMoved = from === undefined;
    const edited = editPart(
      part,
      { ...place, indent, inBrackets: false, isMoved: isMoved || place.isMoved },
      lead,
    );
    return { part: { ...edited, comma: "" }, from };
  });
  // Entries with lines below them are easier to read with a blank line between them: categories, not their settings.
  const spaced = wanted.kind === "mapping" && depth <= 1 && placed.every(({ part }) => hasValueBelow(part));
  const kept = old?.kind === "block" ? parts : [];
  return {
    kind: "block",
    holds: wanted.kind,
    indent,
    parts: arrangeLines(placed, kept, { newline: manner.newline, spaced }),
  };
}

function editInBrackets(
  wanted: WantedParts,
  old: Exclude<TextValue, ScalarText> | undefined,
  place: ValuePlace,
): FlowText {
  const { manner } = place;
  const like = old?.kind === "flow" ? old : undefined;
  const inLines = like === undefined || like.parts.length === 0 ? isInLines(place) : like.inLines;
  const { indent: outer = "" } = place;
  const indent = inLines ? (like?.parts[0]?.lead ?? outer + manner.step) : outer;
  const index = new Map(like?.parts.map((part, i) => [part, i]));
  const placed = wanted.parts.map((part): PlacedPart => {
    const from = part.source && index.get(part.source);
    const isMoved = from === undefined || place.isMoved;
    const edited = editPart(part, { ...place, indent, inBrackets: true, isMoved }, inLines ? indent : "");
    return {
      part: inLines ? edited : { ...edited, gap: "", above: "", lead: "", trail: "", tail: "" },
      from,
    };
  });
  const empty = emptyList(wanted.kind);
  const kept = like !== undefined && like.parts.length > 0;
  return {
    ...empty,
    inLines,
    open: kept ? like.open : empty.open + (inLines ? manner.newline : ""),
    parts: arrangeInBrackets(placed, like?.parts ?? [], { newline: manner.newline, inLines }),
    close: kept ? like.close : (inLines ? outer : "") + empty.close,
  };
}

function isInLines({ manner, depth }: ValuePlace): boolean {
  return manner.json && (depth <= 2 ? manner.bracketsInLines : false);
}

/** Writes a part; its gap is the caller's. */
function editPart(wanted: WantedPart, place: ValuePlace, lead: string): TextPart {
  const { source, key } = wanted;
  const { manner, inBrackets, isMoved } = place;
  const value = editValue(wanted.value, source?.value, { ...place, depth: place.depth + 1 });
  const isSameKey = source?.key !== undefined && source.key.text === key;
  const keyRaw =
    key === undefined
      ? undefined
      : isSameKey
        ? source.key
        : { text: key, raw: writeScalar(key, { json: manner.json, inBrackets, like: source?.key?.raw }) };
  const part: TextPart = {
    gap: source?.gap ?? "",
    above: source?.above ?? "",
    lead: source !== undefined && !isMoved ? source.lead : lead,
    key: keyRaw,
    colon: key === undefined ? "" : (source?.colon ?? (manner.json ? ": " : ":")),
    value,
    comma: source?.comma ?? "",
    trail: source?.trail ?? "",
    end: source?.end ?? manner.newline,
    tail: source?.tail ?? "",
    comment: wanted.comment,
  };
  return editComment({ ...part, colon: colonOf(part, source, manner) }, source, {
    indent: /^[ \t]*/u.exec(lead)?.[0] ?? "",
    isMoved,
    newline: manner.newline,
  });
}

/** Between a key and its value: what was there, a blank where it is new, and nothing where the value begins below. */
function colonOf(part: TextPart, source: TextPart | undefined, { json }: TextManner): string {
  if (part.key === undefined) return "";
  if (hasValueBelow(part)) return part.colon.trimEnd();
  const isBlock = part.value.kind === "scalar" && /^[|>]/u.test(part.value.raw);
  const isOnNextLine = /[\r\n]/u.test(part.colon);
  if (isBlock && isOnNextLine && source?.value !== part.value) return ": ";
  // Behind a quoted key in brackets YAML needs no blank, behind another one it does.
  const isSame = source !== undefined && source.key === part.key && !hasValueBelow(source);
  return isSame || json || /\s$/u.test(part.colon) ? part.colon : ": ";
}
