import { shortenText } from "../../src/figures/shortenText.ts";

/** Most letters of a user's text in a sentence of the screen. */
const mostLetters = 60;

/** A user's text within a sentence, shortened, and kept apart from the sentence's own direction of writing. */
export function quoted(text: string): string {
  return `“\u2068${shortenText(text.trim(), mostLetters)}\u2069”`;
}
