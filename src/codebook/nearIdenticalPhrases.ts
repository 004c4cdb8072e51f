// Words that hardly move an embedding: articles, and what every phrase about a picture says.
const fillers: ReadonlySet<string> = new Set([
  ...["a", "an", "the", "of", "this", "that", "is", "showing", "shows", "depicting"],
  ...["image", "picture", "photo", "photograph", "bild", "foto", "imagen", "imagem", "immagine"],
  ...["der", "die", "das", "ein", "eine", "einer", "eines", "einem", "einen", "von"],
  ...[
    "le",
    "la",
    "les",
    "un",
    "une",
    "des",
    "du",
    "de",
    "d",
    "l",
    "el",
    "los",
    "las",
    "una",
    "il",
    "lo",
    "gli",
    "o",
    "os",
  ],
]);
/** Two phrases that share this many words and differ by one more word are near-identical. */
const manyWords = 6;
/** Shorter words with one letter changed are other words: man and men, cat and car. */
const longWordLetters = 6;
const alphabetic = /^[\p{Script=Latin}\p{Script=Cyrillic}\p{Script=Greek}]+$/u;

/** Phrase `second` says nearly the same as `first`, both as indices, `first` before `second`. */
export interface NearIdenticalPair {
  readonly first: number;
  readonly second: number;
}

/**
 * For every phrase the first one before it that says nearly the same: the same words apart from case, punctuation,
 * order, articles and plural s; or one long word spelled with another letter; or six or more words in common and one
 * word more. Cost grows with the number of letters, not with the number of pairs.
 */
export function findNearIdenticalPhrases(phrases: readonly string[]): readonly NearIdenticalPair[] {
  // Each phrase is entered under every text that a near-identical one would be looked up by.
  const whole = new Map<string, number>();
  const oneWordLess = new Map<string, number>();
  const oneLetterLess = new Map<string, number>();
  return phrases.flatMap((phrase, second) => {
    const words = contentWords(phrase);
    const key = words.join(" ");
    const shorter =
      words.length > manyWords ? words.map((_, index) => words.toSpliced(index, 1).join(" ")) : [];
    const spellings = leaveOutLetters(words);
    const found = [
      whole.get(key),
      oneWordLess.get(key),
      ...shorter.map((text) => whole.get(text)),
      ...spellings.map((text) => oneLetterLess.get(text)),
    ].filter((index) => index !== undefined);
    enter(whole, [key], second);
    enter(oneWordLess, shorter, second);
    enter(oneLetterLess, spellings, second);
    return found.length === 0 ? [] : [{ first: Math.min(...found), second }];
  });
}

function enter(index: Map<string, number>, keys: readonly string[], phrase: number): void {
  for (const key of keys) if (!index.has(key)) index.set(key, phrase);
}

/** Words in lower case and alphabetical order; all of them where nothing but fillers would be dropped. */
function contentWords(phrase: string): readonly string[] {
  const words = (
    phrase
      .normalize("NFKC")
      .toLowerCase()
      .match(/[\p{L}\p{M}\p{N}]+/gu) ?? [phrase]
  ).map(dropPlural);
  const content = words.filter((word) => !fillers.has(word));
  return (content.length > 0 ? content : words).toSorted();
}

function dropPlural(word: string): string {
  return /^\p{Script=Latin}{3,}(?<!s)s$/u.test(word) ? word.slice(0, -1) : word;
}

/** The phrase with each long word as it is, and with each letter of it left out: two spellings share one of these. */
function leaveOutLetters(words: readonly string[]): readonly string[] {
  return words.flatMap((word, index) => {
    if (word.length < longWordLetters || !alphabetic.test(word)) return [];
    const others = words.toSpliced(index, 1).join(" ");
    const spellings = Array.from({ length: word.length }, (_, at) => word.slice(0, at) + word.slice(at + 1));
    return [word, ...spellings].map((spelling) => `${spelling} | ${others}`);
  });
}
