import type { SourceNode } from "../sourceNode.ts";
import { commentLines, maybeComment } from "./partComment.ts";
import { linesOf, startOfLine } from "./textLines.ts";
import { type FlowText, partText, type ScalarText, type TextPart } from "./textPart.ts";
import { UnusualText } from "./unusualText.ts";

type Collection = Extract<SourceNode, { kind: "list" | "mapping" }>;

/** True for a list or mapping in brackets. */
export function isInBrackets(text: string, { start }: SourceNode): boolean {
  return text[start] === "[" || text[start] === "{";
}

/** Reads what does not stand in lines by indentation: a single value, or a list or mapping in brackets; and where it ends. @throws UnusualText where what stands between its parts is not all understood */
export function readInlineText(
  text: string,
  node: SourceNode,
): { readonly value: ScalarText | FlowText; readonly end: number } {
  if (node.kind === "list" || node.kind === "mapping") {
    return { value: readFlowText(text, node), end: node.end };
  }
  // A block scalar reaches to the next part; the lines before that are nobody's.
  const raw = withoutLastLines(text.slice(node.start, node.end));
  return { value: { kind: "scalar", node, raw }, end: node.start + raw.length };
}

/** Without the blank lines at the end; by hand, because a pattern for them takes exponential time on many. */
function withoutLastLines(text: string): string {
  const trimmed = text.trimEnd();
  const blanks = text.slice(trimmed.length);
  const lastBreak = Math.max(blanks.lastIndexOf("\n"), blanks.lastIndexOf("\r"));
  return lastBreak >= 0 && /^[ \t]*$/u.test(blanks.slice(lastBreak + 1)) ? trimmed : text;
}

function readFlowText(text: string, node: Collection): FlowText {
  const items =
    node.kind === "list"
      ? node.items.map((value) => ({ start: value.start, key: undefined, value }))
      : node.entries.map(({ key, keyNode, value }) => ({
          start: keyNode.start,
          key: { text: (key ?? "").trim(), raw: text.slice(keyNode.start, keyNode.end), end: keyNode.end },
          value,
        }));
  const first = items[0];
  if (first === undefined) {
    const open = text.slice(node.start, node.start + 1);
    const close = text.slice(node.start + 1, node.end);
    return { kind: "flow", holds: node.kind, inLines: false, open, parts: [], close };
  }
  const read = items.map((item, i) => {
    const { value, end } = readInlineText(text, item.value);
    const colon = item.key === undefined ? "" : text.slice(item.key.end, item.value.start);
    const until = items[i + 1]?.start ?? node.end - 1;
    return { ...item, value, colon, end, between: text.slice(end, until) };
  });
  const opening = text.slice(node.start, first.start);
  const inLines = isInLines(text, opening, read);
  const parts: TextPart[] = [];
  let open = opening;
  let close = "";
  let before = inLines ? splitOpening(opening) : { open: opening, lines: "" };
  open = before.open;
  for (const [i, { key, colon, value, between, start }] of read.entries()) {
    const isLast = i === read.length - 1;
    const lead = inLines ? text.slice(startOfLine(text, start), start) : "";
    const lines = inLines ? before.lines.slice(0, before.lines.length - lead.length) : "";
    const above = inLines ? fromFirstComment(lines) : "";
    const gap = lines.slice(0, lines.length - above.length);
    const behind = inLines ? splitBehind(between) : splitInline(between, isLast);
    const comment = maybeComment([
      ...(inLines
        ? commentLines(above)
        : commentsOf(i === 0 ? opening : (read[i - 1]?.between ?? ""), "above")),
      ...(value.kind === "flow" ? commentsOf(value.open, "behind") : []),
      ...commentsOf(between, "behind"),
    ]);
    parts.push({
      gap,
      above,
      lead,
      key: key && { text: key.text, raw: key.raw },
      colon,
      value,
      comma: behind.comma,
      trail: behind.trail,
      end: behind.end,
      tail: "",
      comment,
    });
    before = { open: "", lines: behind.rest };
    if (isLast) close = behind.rest + text.slice(node.end - 1, node.end);
  }
  const flow: FlowText = { kind: "flow", holds: node.kind, inLines, open, parts, close };
  const written = open + parts.map(partText).join("") + close;
  if (written !== text.slice(node.start, node.end)) throw new UnusualText();
  return flow;
}

/** Behind the opening bracket nothing but a comment, then each part on lines of its own, the closing bracket, too. */
function isInLines(
  text: string,
  opening: string,
  parts: readonly { readonly start: number; readonly between: string }[],
): boolean {
  return (
    /^.[ \t]*(?:#[^\r\n]*)?[\r\n]/u.test(opening) &&
    parts.every(
      ({ start, between }) =>
        text.slice(startOfLine(text, start), start).trim() === "" &&
        /^[ \t]*,?[ \t]*(?:#[^\r\n]*)?[\r\n]/u.test(between) &&
        !/^[^\r\n#]*[\r\n]\s*,/u.test(between),
    )
  );
}

function splitOpening(opening: string): { readonly open: string; readonly lines: string } {
  const open = /^[^\r\n]*(?:\r\n|\r|\n)/u.exec(opening)?.[0] ?? opening;
  return { open, lines: opening.slice(open.length) };
}

interface Behind extends Pick<TextPart, "comma" | "trail" | "end"> {
  /** What belongs to the next part, or to the closing bracket. */
  readonly rest: string;
}

function splitBehind(between: string): Behind {
  const [all = "", comma = "", trail = "", end = ""] =
    /^([ \t]*,)?([ \t]*(?:#[^\r\n]*)?)(\r\n|\r|\n)/u.exec(between) ?? [];
  return { comma, trail, end, rest: between.slice(all.length) };
}

/** Not in lines: the comma takes all up to the next part; what is behind the last part goes with the bracket. */
function splitInline(between: string, isLast: boolean): Behind {
  return { comma: isLast ? "" : between, trail: "", end: "", rest: isLast ? between : "" };
}

/** In brackets every comment before a part is the part's. */
function fromFirstComment(text: string): string {
  const lines = linesOf(text);
  const first = lines.findIndex((line) => line.trimStart().startsWith("#"));
  return first < 0 ? "" : lines.slice(first).join("");
}

/** Comments in what stands between two parts: on the first one's line, or on the lines of the second. */
function commentsOf(between: string, where: "behind" | "above"): readonly string[] {
  const lines = between.split(/\r\n|\r|\n/u);
  const wanted = where === "behind" ? lines.slice(0, 1) : lines.slice(1);
  return wanted.flatMap((line) => /#.*$/u.exec(line)?.[0] ?? []);
}
