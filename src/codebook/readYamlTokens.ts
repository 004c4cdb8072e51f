import { CST, Lexer, Parser } from "yaml";
import type { OffsetMistake } from "./describeSyntaxError.ts";
import { quoteText } from "./quoteText.ts";

/**
 * Lists and mappings inside each other; the full form needs 4. The parser's own stack holds up to two entries a
 * level, and later steps recurse, so that a file nested 20,000 deep would end the process.
 */
const maxStackDepth = 48;

/** The parser's smallest pieces; 20,000 phrases in lists are half as many. */
const maxLexemes = 300_000;

/**
 * Signs, texts or escapes of one kind: five for each of 20,000 phrases. The parser makes an error for each that is out of place, and
 * those of 300,000 commas or a million escapes take it many seconds.
 */
const maxOfOneKind = 100_000;

/** Kinds of which texts have any number. */
const uncountedKinds: ReadonlySet<string | null> = new Set(["space", "newline", "scalar", "comment"]);

/** Something that codebooks refuse; `swallowsRest` where the text behind it is not read as it was meant. */
export interface RefusedLexeme extends OffsetMistake {
  readonly swallowsRest?: boolean;
}

/**
 * First reading of YAML text, without recursion: its tokens, and what codebooks refuse although it is YAML.
 * `tokens` is undefined where there is too much, or too deep, to go on.
 */
export function readYamlTokens(text: string): {
  readonly tokens: readonly CST.Token[] | undefined;
  readonly refused: readonly RefusedLexeme[];
} {
  const parser = new Parser();
  const tokens: CST.Token[] = [];
  const refused: RefusedLexeme[] = [];
  let lexemes = 0;
  const countOf = new Map<string | null, number>();
  for (const lexeme of new Lexer().lex(text)) {
    const offset = parser.offset;
    const kind = CST.tokenType(lexeme);
    const ofKind = (countOf.get(kind) ?? 0) + countParts(kind, lexeme);
    countOf.set(kind, ofKind);
    if (++lexemes > maxLexemes || ofKind > maxOfOneKind) {
      const hint = "is this the codebook, and not a table?";
      return {
        tokens: undefined,
        refused: [{ offset, what: "the file has more parts than a codebook can have", hint }],
      };
    }
    const refusal = refuseLexeme(kind, lexeme);
    if (refusal !== undefined) refused.push({ offset, ...refusal });
    for (const token of parser.next(lexeme)) tokens.push(token);
    if (parser.stack.length > maxStackDepth) {
      refused.push({
        offset,
        what: "nested too deeply",
        hint: "a codebook holds categories, and these hold phrases; a text with a colon must be in quotes",
      });
      return { tokens: undefined, refused };
    }
  }
  for (const token of parser.end()) tokens.push(token);
  return { tokens, refused };
}

function countParts(kind: string | null, lexeme: string): number {
  if (uncountedKinds.has(kind)) return 0;
  return kind === "double-quoted-scalar" ? lexeme.split("\\").length : 1;
}

function refuseLexeme(kind: string | null, lexeme: string): Omit<RefusedLexeme, "offset"> | undefined {
  switch (kind) {
    case "anchor":
      return { what: `an anchor: ${quoteText(lexeme)}`, hint: "put a text that begins with & in quotes" };
    case "alias":
      return {
        what: `an alias: ${quoteText(lexeme)}`,
        hint: "put a text that begins with * in quotes; a codebook has no anchors and aliases, write the phrases out",
      };
    case "tag":
      return { what: `a YAML tag: ${quoteText(lexeme)}`, hint: "put a text that begins with ! in quotes" };
    case "directive-line":
      return { what: `a YAML directive: ${quoteText(lexeme)}`, hint: "remove the line" };
    case "double-quoted-scalar":
    case "single-quoted-scalar":
      return refuseQuoted(lexeme);
    default:
      return undefined;
  }
}

/** A quote that is not closed swallows what follows. */
function refuseQuoted(lexeme: string): Omit<RefusedLexeme, "offset"> | undefined {
  const firstLine = quoteText(lexeme.split(/\r?\n/u, 1)[0] ?? "");
  const closed = lexeme.startsWith('"') ? /^"(?:[^"\\]|\\.)*"$/su : /^'(?:[^']|'')*'$/su;
  if (closed.test(lexeme)) return undefined;
  return {
    what: `the quote that opens ${firstLine} is not closed`,
    hint: "close it on its line",
    swallowsRest: true,
  };
}
