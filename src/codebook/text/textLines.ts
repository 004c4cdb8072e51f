/** The lines of a text, each with its end. */
export function linesOf(text: string): readonly string[] {
  return text.match(/[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+$/gu) ?? [];
}

/** What stands behind a value on its line: blanks and a comment, and the line's end; undefined where there is more. */
export function maybeRestOfLine(
  text: string,
  from: number,
): { readonly trail: string; readonly lineEnd: string } | undefined {
  const rest = /((?:[ \t]+#[^\r\n]*)?[ \t]*)(\r\n|\r|\n|$)/uy;
  rest.lastIndex = from;
  const [, trail, lineEnd] = rest.exec(text) ?? [];
  return trail === undefined || lineEnd === undefined ? undefined : { trail, lineEnd };
}

/** Where the line begins that an offset is on. */
export function startOfLine(text: string, at: number): number {
  return Math.max(text.lastIndexOf("\n", at - 1), text.lastIndexOf("\r", at - 1)) + 1;
}

/** How a text's lines end: as the first one does. */
export function lineEndOf(text: string): string {
  return /\r\n|\r|\n/u.exec(text)?.[0] ?? "\n";
}

/** The text with blanks before every line that is not empty. */
export function indented(text: string, blanks: string): string {
  return linesOf(text)
    .map((line) => (line.trim() === "" ? line : blanks + line))
    .join("");
}
