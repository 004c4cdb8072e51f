/**
 * Everything that moves a terminal's cursor, changes its state or its reading direction, or cannot be seen at all: controls (Unicode's
 * Cc), line and paragraph separators, marks of direction (UAX 9), the byte-order mark, and halves of characters.
 */
const unprintable = /[\p{Cc}\p{Cs}\u061c\u200e\u200f\u2028-\u202e\u2066-\u206f\ufeff\ufff9-\ufffb]/gu;

/** A file name or phrase for one line of a terminal: control and direction characters become visible escapes. */
export function printable(text: string): string {
  return text.replace(unprintable, escaped);
}

/**
 * The same for a text of several lines, whose line breaks stay. JSON stays the same JSON, for its strings are escaped in the same way.
 */
export function printableLines(text: string): string {
  return text.replace(unprintable, (character) => (character === "\n" ? character : escaped(character)));
}

function escaped(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
}
