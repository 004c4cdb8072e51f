import type { OffsetMistake } from "./describeSyntaxError.ts";

// Tabs, and the no-break, wide and other blanks that come along when text is copied from a page.
const oddBlank = /[\t\u00a0\u1680\u2000-\u200b\u202f\u205f\u3000\ufeff]/u;
const indentation = /^[ \t\u00a0\u1680\u2000-\u200b\u202f\u205f\u3000\ufeff]+(?=\S)/gmu;

/**
 * One mistake for each line of YAML `text` that is indented with something else than spaces, at its first odd blank.
 * In text that YAML `accepts` tabs are where they may be, but an odd blank before a dash makes the dash a mere text.
 */
export function findOddIndentation(text: string, accepts: boolean): readonly OffsetMistake[] {
  return [...text.matchAll(indentation)].flatMap(({ 0: blanks, index }) => {
    const at = blanks.search(oddBlank);
    if (at < 0 || (accepts && (blanks[at] === "\t" || !text.startsWith("- ", index + blanks.length))))
      return [];
    const what =
      blanks[at] === "\t" ? "a tab used for indentation" : "a blank that is no space used for indentation";
    return [{ offset: index + at, what, hint: "indent with spaces" }];
  });
}

/** The text with every blank of its indentation made one space; offsets stay. */
export function straightenIndentation(text: string): string {
  return text.replace(indentation, (blanks) => " ".repeat(blanks.length));
}
