const segmenter = new Intl.Segmenter("en", { granularity: "grapheme" });

/** A text's user-perceived characters, so that a cut never splits an emoji or an accent from its letter. */
export function graphemes(text: string): readonly string[] {
  return Array.from(segmenter.segment(text), ({ segment }) => segment);
}

/** Width of a text in average Latin letters; ideographs, kana, hangul and emoji count as two. */
export function approximateWidth(text: string): number {
  return graphemes(text).reduce((width, grapheme) => width + graphemeWidth(grapheme), 0);
}

/** Width of one grapheme, 1 or 2 average Latin letters. */
export function graphemeWidth(grapheme: string): 1 | 2 {
  return /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Extended_Pictographic}]/u.test(
    grapheme,
  )
    ? 2
    : 1;
}
