import { approximateWidth, graphemes, graphemeWidth } from "./graphemes.ts";

/**
 * Breaks a label into lines for SVG, which does not wrap text by itself. Breaks at blanks, inside a word only
 * where the word alone is too wide; what does not fit into `maxLines` is cut with an ellipsis.
 * `maxWidth` is in average Latin letters.
 */
export function wrapLabel(
  label: string,
  { maxWidth, maxLines }: { readonly maxWidth: number; readonly maxLines: number },
): readonly string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of label.split(/\s+/).filter((part) => part !== "")) {
    for (const piece of splitWord(word, maxWidth)) {
      const longer = line === "" ? piece : `${line} ${piece}`;
      if (line !== "" && approximateWidth(longer) > maxWidth) {
        lines.push(line);
        line = piece;
      } else {
        line = longer;
      }
    }
  }
  if (line !== "") lines.push(line);
  if (lines.length <= maxLines) return lines;
  const kept = lines.slice(0, maxLines);
  const last = graphemes(kept[maxLines - 1] ?? "");
  let room = maxWidth - 1;
  const fitting = last.filter((grapheme) => {
    room -= graphemeWidth(grapheme);
    return room >= 0;
  });
  return [...kept.slice(0, -1), `${fitting.join("").trimEnd()}…`];
}

function splitWord(word: string, maxWidth: number): readonly string[] {
  if (approximateWidth(word) <= maxWidth) return [word];
  const pieces: string[] = [];
  let piece = "";
  let width = 0;
  for (const grapheme of graphemes(word)) {
    if (width + graphemeWidth(grapheme) > maxWidth) {
      pieces.push(piece);
      piece = "";
      width = 0;
    }
    piece += grapheme;
    width += graphemeWidth(grapheme);
  }
  return [...pieces, piece];
}
