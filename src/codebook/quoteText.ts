const longestQuotedCharacters = 80;
// Control characters, line separators, bidirectional overrides and halves of characters could garble a terminal; what
// nobody sees is shown.
const unprintable =
  /[\p{Cc}\u00ad\u180e\u200b\u2028\u2029\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\p{Cs}]/gu;

/** Text of the user's in double quotes, on one line and shortened, safe to print in a message. */
export function quoteText(text: string): string {
  const characters = [...text];
  const shown =
    characters.length > longestQuotedCharacters
      ? `${characters.slice(0, longestQuotedCharacters - 1).join("")}…`
      : text;
  return `"${shown.replace(unprintable, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`)}"`;
}
