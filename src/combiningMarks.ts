/** Most marks after a letter that a text may have and still be stream-safe (Unicode Standard Annex #15, section 13): no script needs more. */
export const mostCombiningMarks = 30;

const tower = new RegExp(`\\p{M}{${mostCombiningMarks + 1}}`, "u");

/**
 * Whether a letter carries more marks than any script needs: towers of them, which no line breaks, cover what stands around and make tables
 * wider than the page. All of Unicode's category M count, not only those that have a combining class.
 */
export function hasMarkTower(text: string): boolean {
  return tower.test(text);
}
