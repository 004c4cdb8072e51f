// Blank lines and comments, then `name = ` or `name: dict = ` before an opening brace.
const assignment = /^((?:[ \t]*(?:#[^\n]*)?\n)*)([ \t]*[A-Za-z_]\w*[ \t]*(?::[^=\n{}]*)?=[ \t]*)(?=\{)/u;
// Without its closing quote a text reaches to the end, so that no place is tried twice.
const stringOrComment = /"(?:[^"\\]|\\.)*"?|'(?:[^'\\]|\\.)*'?|#[^\n]*/gsu;

/** Replaces the `name = ` before a dict pasted from Python with as many blanks, so that offsets stay. */
export function blankAssignment(text: string): string {
  return text.replace(assignment, (_, before: string, name: string) => before + " ".repeat(name.length));
}

/** True for text whose first character outside comments is an opening brace. */
export function startsWithBrace(text: string): boolean {
  return /^(?:\s|#[^\n]*\n)*\{/u.test(text);
}

/** Writes Python's `'it\'s'` as YAML's `'it''s'`, of the same length; double-quoted texts and comments stay. */
export function doubleEscapedApostrophes(text: string): string {
  return text.replace(stringOrComment, (part) =>
    part.startsWith("'")
      ? part.replace(/\\(.)/gsu, (pair, escaped) => (escaped === "'" ? "''" : pair))
      : part,
  );
}
