/** Columns that a text takes on a terminal: East Asian letters and emoji take two. */
export function displayWidth(text: string): number {
  let width = 0;
  for (const { segment } of new Intl.Segmenter().segment(text)) {
    width +=
      /\p{Emoji_Presentation}|[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]/u.test(
        segment,
      )
        ? 2
        : 1;
  }
  return width;
}

/** A name of at most so many characters; what was cut off is an ellipsis. */
export function shortenedName(name: string, longest: number): string {
  const characters = [...new Intl.Segmenter().segment(name)].map(({ segment }) => segment);
  return characters.length <= longest ? name : `${characters.slice(0, longest - 1).join("")}…`;
}

/** A text of at most so many columns, its end cut with `…`. */
export function fitWidth(text: string, columns: number): string {
  if (displayWidth(text) <= columns) return text;
  let kept = "";
  for (const { segment } of new Intl.Segmenter().segment(text)) {
    if (displayWidth(kept) + displayWidth(segment) > columns - 1) break;
    kept += segment;
  }
  return `${kept.trimEnd()}…`;
}
