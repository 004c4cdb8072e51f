import type { SourceNode } from "../sourceNode.ts";
import { commentLines, maybeComment } from "./partComment.ts";
import { isInBrackets, readInlineText } from "./readFlowText.ts";
import { linesOf, maybeRestOfLine, startOfLine } from "./textLines.ts";
import type { BlockText, TextPart } from "./textPart.ts";
import { UnusualText } from "./unusualText.ts";

/** A list or mapping in lines, and the offset behind its last line. */
export interface ReadBlock {
  readonly value: BlockText;
  readonly end: number;
}

/**
 * Reads a list or mapping in lines, from the start of a line on.
 * @throws UnusualText where a part does not begin a line of its own
 */
export function readBlockText(
  text: string,
  node: Extract<SourceNode, { kind: "list" | "mapping" }>,
  from: number,
): ReadBlock {
  const items =
    node.kind === "list"
      ? node.items.map((value) => ({ key: undefined, value }))
      : node.entries.map(({ key, keyNode, value }) => ({ key: { text: key ?? "", node: keyNode }, value }));
  const parts: TextPart[] = [];
  let at = from;
  let indent = "";
  const addTail = (tail: string) => {
    const before = parts.pop();
    if (before !== undefined) parts.push({ ...before, tail });
  };
  for (const { key, value } of items) {
    const start = key?.node.start ?? value.start;
    const lineStart = startOfLine(text, start);
    const lead = text.slice(lineStart, start);
    if (lineStart < at || !(key ? /^ *$/u : /^ *- +$/u).test(lead)) throw new UnusualText();
    indent = / */u.exec(lead)?.[0] ?? "";
    const between = text.slice(at, lineStart);
    const tail = parts.length > 0 ? deeperComments(between, indent.length) : "";
    addTail(tail);
    const above = lastComments(between.slice(tail.length));
    const gap = between.slice(tail.length, between.length - above.length);
    const { end, ...pieces } = key ? readEntry(text, key.node, value) : readInline(text, value.start, value);
    parts.push({
      gap,
      above,
      lead,
      key: key && { text: key.text.trim(), raw: text.slice(key.node.start, key.node.end) },
      ...pieces.part,
      comma: "",
      tail: "",
      comment: maybeComment([...commentLines(above), ...commentLines(pieces.part.trail)]),
    });
    at = end;
  }
  const tail = deeperComments(text.slice(at), indent.length);
  addTail(tail);
  return { value: { kind: "block", holds: node.kind, indent, parts }, end: at + tail.length };
}

interface ReadPieces {
  readonly part: Pick<TextPart, "colon" | "value" | "trail" | "end">;
  readonly end: number;
}

function readEntry(text: string, key: SourceNode, node: SourceNode): ReadPieces {
  if ((node.kind !== "list" && node.kind !== "mapping") || isInBrackets(text, node)) {
    return readInline(text, key.end, node);
  }
  const colon = /^[ \t]*:/u.exec(text.slice(key.end, node.start))?.[0];
  const rest = colon === undefined ? undefined : maybeRestOfLine(text, key.end + colon.length);
  if (colon === undefined || rest === undefined || rest.lineEnd === "") throw new UnusualText();
  const { trail, lineEnd } = rest;
  const { value, end } = readBlockText(text, node, key.end + colon.length + trail.length + lineEnd.length);
  return { part: { colon, value, trail, end: lineEnd }, end };
}

function readInline(text: string, from: number, node: SourceNode): ReadPieces {
  const { value, end } = readInlineText(text, node);
  const rest = maybeRestOfLine(text, end);
  if (rest === undefined) throw new UnusualText();
  const { trail, lineEnd } = rest;
  return {
    part: { colon: text.slice(from, node.start), value, trail, end: lineEnd },
    end: end + trail.length + lineEnd.length,
  };
}

/** Comments in the last lines, with nothing between them and what follows. */
function lastComments(text: string): string {
  const lines = linesOf(text);
  const above = lines.slice(lines.findLastIndex((line) => !line.trimStart().startsWith("#")) + 1);
  return above.join("");
}

/** Blank lines and comments from the start on, up to the last comment that is indented deeper than the column. */
function deeperComments(text: string, column: number): string {
  const lines: string[] = [];
  let deep = 0;
  for (const line of linesFrom(text)) {
    const blanks = line.length - line.trimStart().length;
    const isComment = line.trimStart().startsWith("#");
    if (line.trim() !== "" && (!isComment || blanks <= column)) break;
    lines.push(line);
    if (isComment) deep = lines.length;
  }
  return lines.slice(0, deep).join("");
}

/** The lines one by one: mostly only the first is looked at of a long text. */
function* linesFrom(text: string): Generator<string> {
  const line = /[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+$/uy;
  for (let found = line.exec(text); found !== null; found = line.exec(text)) yield found[0];
}
