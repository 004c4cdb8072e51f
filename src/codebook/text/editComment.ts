import { commentLines, hashed } from "./partComment.ts";
import { hasValueBelow, type TextPart } from "./textPart.ts";

/** Where a comment stands. */
export interface CommentPlace {
  /** The blanks before the part. */
  readonly indent: string;
  readonly isMoved: boolean;
  readonly newline: string;
}

/**
 * Gives a part the comment that it shall have. As long as it says the same it stays as it is written; a new one of one line
 * goes behind a list item, a longer one and one of an entry above it.
 * @param source the part as it was; undefined for a new one
 */
export function editComment(part: TextPart, source: TextPart | undefined, place: CommentPlace): TextPart {
  const fits = !part.trail.includes("#") || canTrail(part);
  if (source !== undefined && source.comment === part.comment && fits) {
    if (!place.isMoved) return part;
    return {
      ...part,
      above: aligned(part.above, place.indent, place.newline),
      // Deeper than the part itself: else they would be the next one's.
      tail: aligned(part.tail, `${place.indent}  `, place.newline),
    };
  }
  const lines = part.comment?.split("\n") ?? [];
  const hadAbove = commentLines(part.above).length > 0;
  const hadTrail = part.trail.includes("#");
  const blanks = part.trail.slice(0, part.trail.indexOf("#"));
  const last = lines.at(-1);
  const isAtEnd =
    last !== undefined &&
    canTrail(part) &&
    (hadTrail ? !hadAbove || lines.length > 1 : !hadAbove && part.key === undefined) &&
    (hadAbove || lines.length === 1);
  const above = isAtEnd ? lines.slice(0, -1) : lines;
  return {
    ...part,
    tail: place.isMoved ? aligned(part.tail, `${place.indent}  `, place.newline) : part.tail,
    above: above.map((line) => `${place.indent}${hashed(line)}${place.newline}`).join(""),
    trail: isAtEnd ? `${hadTrail ? blanks : " "}${hashed(last)}` : "",
  };
}

/** Behind a block of lines a comment would be a part of it. */
function canTrail({ value, key }: TextPart): boolean {
  if (hasValueBelow({ value, key })) return true;
  return !(value.kind === "scalar" && /^[|>]/u.test(value.raw));
}

function aligned(lines: string, indent: string, newline: string): string {
  return commentLines(lines)
    .map((line) => indent + line.trim() + newline)
    .join("");
}
