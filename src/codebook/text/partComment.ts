/** A comment as its text, without `#`, one blank behind it and blanks at the ends of lines; undefined where nothing is left. */
export function maybeComment(lines: readonly string[]): string | undefined {
  const texts = lines.map((line) => line.replace(/^[ \t]*#? ?/u, "").trimEnd());
  const first = texts.findIndex((text) => text !== "");
  if (first < 0) return undefined;
  return texts.slice(first, texts.findLastIndex((text) => text !== "") + 1).join("\n");
}

/** The lines of comments in whole lines of text. */
export function commentLines(text: string): readonly string[] {
  return text.split(/\r\n|\r|\n/u).filter((line) => line.trim() !== "");
}

// What a comment cannot hold: control characters but tabs, and what only looks like a line's end.
const unwritable = /[^\P{Cc}\t]|[\u2028\u2029\uFEFF\uFFFE\uFFFF]/gu;

/** A comment as it is read back after writing: its lines, each written behind a `#`. */
export function normaliseComment(comment: string | undefined): string | undefined {
  if (comment === undefined) return undefined;
  const lines = comment.toWellFormed().split(/\r\n|[\n\r\u0085\u2028\u2029]/u);
  return maybeComment(lines.map((line) => `# ${line.replace(unwritable, " ")}`));
}

/** A comment's line with its `#`. */
export function hashed(line: string): string {
  return line === "" ? "#" : `# ${line}`;
}

/** Whether a line holds nothing but a comment. */
export function isComment(line: string): boolean {
  return line.trimStart().startsWith("#");
}
