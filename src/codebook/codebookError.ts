import { UserError } from "../errors.ts";
import type { SourcePosition } from "./sourcePosition.ts";

/** One thing that is wrong in a codebook file, where, and what to do about it. */
export interface CodebookMistake extends SourcePosition {
  readonly what: string;
  readonly hint: string;
}

/** More than this many mistakes are counted, not listed, in the message; `mistakes` has them all. */
const listedMistakes = 50;

/** All mistakes of one codebook file; the message lists them as `file:line:column: what`, each with its hint. */
export class CodebookError extends UserError {
  readonly file: string;
  /** In the file's order, at least one. */
  readonly mistakes: readonly CodebookMistake[];

  /** @throws RangeError without a mistake */
  constructor(file: string, mistakes: readonly CodebookMistake[]) {
    if (mistakes.length === 0) throw new RangeError("a CodebookError needs at least one mistake");
    const sorted = mistakes.toSorted((a, b) => a.line - b.line || a.column - b.column);
    super(describeMistakes(file, sorted), {
      hint: `mend ${sorted.length === 1 ? "the place" : "the places"} named above, then try "clipbook check ${file}"`,
      isList: true,
    });
    this.name = "CodebookError";
    this.file = file;
    this.mistakes = sorted;
  }
}

function describeMistakes(file: string, mistakes: readonly CodebookMistake[]): string {
  // A line break in the file's name would forge a line of the list.
  const name = file.replaceAll("\n", "\\u000a");
  const lines = mistakes
    .slice(0, listedMistakes)
    .map(({ line, column, what, hint }) => `${name}:${line}:${column}: ${what}\n  hint: ${hint}`);
  const unlisted = mistakes.length - listedMistakes;
  if (unlisted > 0) lines.push(`and ${unlisted} more ${unlisted === 1 ? "mistake" : "mistakes"}`);
  return lines.join("\n");
}
