import type { YAMLError } from "yaml";
import { quoteText } from "./quoteText.ts";

/** A mistake at an offset into the text, in UTF-16 units. */
export interface OffsetMistake {
  readonly offset: number;
  readonly what: string;
  readonly hint: string;
}

type Wording = readonly [pattern: RegExp, what: string, hint: string];

const quoteIt = "put the whole text in quotes";
// Tried in this order against `CODE message character` of the yaml package's error; the first that fits is taken.
const wordings: readonly Wording[] = [
  [/^TAB_AS_INDENT/, "a tab where YAML wants spaces", "indent with spaces"],
  [/^BAD_SCALAR_START/, "a text cannot begin with this character", quoteIt],
  [
    /^BAD_DQ_ESCAPE/,
    "not an escape that is known in double quotes",
    "write \\\\ for a backslash; an apostrophe needs none",
  ],
  [
    /scalar at node end/,
    "text after a closing quote or bracket",
    `${quoteIt}, such as '"Vote" on a wall' or '{} on a wall'`,
  ],
  [
    /^UNEXPECTED_TOKEN .*flow-\w+-end/,
    "a closing bracket or brace that was never opened",
    "remove it, or quote the text",
  ],
  [/^UNEXPECTED_TOKEN Unexpected (?:,|empty item)/, "a comma with nothing before it", "remove it"],
  [/^MISSING_CHAR Missing , .*\{$/s, "a brace inside an unquoted text", quoteIt],
  [
    /^MISSING_CHAR Missing , /,
    "a comma is missing before this",
    "separate texts with commas; join a text that is broken into several strings",
  ],
  [
    /^MISSING_CHAR Missing space after :/,
    "a blank is missing after the colon",
    "write `name: ` with a blank",
  ],
  [
    /^(?:BAD_INDENT|MISSING_CHAR) Flow/,
    "the bracket or brace before this is not closed",
    "close it, or quote the text",
  ],
  [/Nested mappings are not allowed/, "a second colon in one line", quoteIt],
  [
    /Sequence item without - indicator/,
    "a line that is not a list item among list items",
    "begin it with `- `",
  ],
  [
    /^(?:MULTILINE_IMPLICIT_KEY|MISSING_CHAR Implicit)/,
    "a name without a colon after it",
    "write `Category:` on a line above its phrases and begin each phrase with `- `",
  ],
  [
    /^(?:BAD_INDENT|BLOCK_AS_IMPLICIT_KEY)/,
    "indented differently from its neighbours",
    "let all phrases of a list, and all names on one level, begin in the same column",
  ],
  [/^KEY_OVER_1024_CHARS/, "a name of more than 1024 characters", "shorten it; is a line break missing?"],
];

/** Says in a researcher's words what the YAML parser found, at the first visible character of the place. */
export function describeSyntaxError(error: YAMLError, text: string): OffsetMistake {
  const [start] = error.pos;
  const blanks = /[ \t]*/uy;
  blanks.lastIndex = start;
  const offset = start + (blanks.exec(text)?.[0].length ?? 0);
  const found = `${error.code} ${error.message} ${text[offset] ?? ""}`;
  const wording = wordings.find(([pattern]) => pattern.test(found));
  const [, what, hint] = wording ?? [
    found,
    error.message,
    "compare with the codebook that `clipbook init` writes",
  ];
  return { offset, what: `${what}${near(text, offset)}`, hint };
}

function near(text: string, offset: number): string {
  const line =
    text
      .slice(offset, offset + 200)
      .split("\n", 1)[0]
      ?.trim() ?? "";
  return line === "" ? "" : `: ${quoteText([...line].slice(0, 40).join(""))}`;
}
