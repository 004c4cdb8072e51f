/** Where a text is to be written. */
export interface ScalarPlace {
  readonly json: boolean;
  /** In brackets or braces, where commas and brackets end an unquoted text. */
  readonly inBrackets: boolean;
  /** What it had before, or what stands in its place: quotes are kept. */
  readonly like?: string | undefined;
}

/** Two kinds of blanks: control characters, and what editors and other parsers take for a line's end or nothing. */
const needsEscape = /[\p{Cc}\u0085\u2028\u2029\uFEFF\uFFFE\uFFFF]|[\uD800-\uDFFF]/u;

/** Words that one YAML or another reads as something else than a text, and what looks like a number or a date. */
const otherThanText = /^(?:y|n|yes|no|on|off|true|false|null|~|=|<<|[-+.]?(?:inf|nan))$/iu;
const likeANumber = /^[-+]?\.?\d[\d_.,:/eExXoObBa-fA-F+\-TZ ]*$/u;

/** A text on one line, so that codebooks read it as this text: unquoted where that is safe, else in quotes. */
export function writeScalar(text: string, { json, inBrackets, like }: ScalarPlace): string {
  if (json || needsEscape.test(text)) return inDoubleQuotes(text);
  const quote = like?.[0];
  if (quote === "'") return inSingleQuotes(text);
  if (quote === '"') return inDoubleQuotes(text);
  if (isPlain(text, inBrackets)) return text;
  return /["\\]/u.test(text) ? inSingleQuotes(text) : inDoubleQuotes(text);
}

/** Stricter than YAML, whose rules few know: whatever might be taken for something else is quoted. */
function isPlain(text: string, inBrackets: boolean): boolean {
  return (
    text !== "" &&
    text === text.trim() &&
    !/^[-?:,[\]{}#&*!|>'"%@`]/u.test(text) &&
    !/^\.\.\./u.test(text) &&
    !/:(?:\s|$)|\s#|[{}[\]]/u.test(text) &&
    !(inBrackets && /[,:]/u.test(text)) &&
    !otherThanText.test(text) &&
    !likeANumber.test(text)
  );
}

function inSingleQuotes(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

function inDoubleQuotes(text: string): string {
  return JSON.stringify(text).replace(/[\u007F-\u009F\u2028\u2029\uFEFF\uFFFE\uFFFF]/gu, (character) => {
    return `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
  });
}

/** How a block of lines is written. */
export interface LinesPlace {
  /** The blanks before each line. */
  readonly indent: string;
  readonly newline: string;
  /** What it was before; a block that was folded (`>`) stays one if the new text allows it. */
  readonly like?: string | undefined;
}

/** Columns that a folded line fills at most, where words allow it. */
const foldedWidth = 100;

/**
 * A longer text as a block of lines; undefined where one line does, or where a block would not be read as this text.
 */
export function maybeScalarBlock(text: string, { indent, newline, like }: LinesPlace): string | undefined {
  const wasBlock = /^[|>]/u.test(like ?? "");
  const hasLines = text.includes("\n");
  if (!wasBlock && !hasLines) return undefined;
  // A blank that is no space, before a dash, is a mistake wherever it stands.
  const isSafe =
    text !== "" &&
    !/[^\P{Cc}\n]|[\u0085\u2028\u2029\uFEFF\uFFFE\uFFFF]|^[^\S\n]|\n[^\S\n]*[^\S\n ]/u.test(text);
  if (!isSafe || !text.isWellFormed()) return undefined;
  const isFolded = like?.startsWith(">") === true && !hasLines && !/ {2}/u.test(text);
  const lines = isFolded ? foldedLines(text, foldedWidth - indent.length) : text.split("\n");
  const body = lines.map((line) => (line === "" ? "" : indent + line)).join(newline);
  return `${isFolded ? ">" : "|"}${newline}${body}`;
}

function foldedLines(text: string, width: number): readonly string[] {
  const lines: string[] = [];
  for (const word of text.split(" ")) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= width)
      lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
}
