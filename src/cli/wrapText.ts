import { displayWidth } from "./displayWidth.ts";

/** A text in lines of at most so many columns, broken at blanks; a longer word has a line of its own. @param indent of all lines but the first */
export function wrapText(text: string, columns: number, indent = ""): readonly string[] {
  const lines: string[] = [];
  let line = /^ */.exec(text)?.[0] ?? "";
  let isEmpty = true;
  for (const word of text.trimStart().split(" ")) {
    if (!isEmpty && displayWidth(line) + 1 + displayWidth(word) > columns) {
      lines.push(line);
      line = indent;
      isEmpty = true;
    }
    line += isEmpty ? word : ` ${word}`;
    isEmpty = false;
  }
  return [...lines, line];
}
