import { foldCase } from "./foldCase.ts";

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
const fewestShared = 6;
/** Longer phrases, which no model reads whole, are compared as wholes only. */
const mostWords = 60;
// Shorter words with one letter changed are other words: cat and car, driving and diving. What is longer is no word.
const longWord = /^[\p{Script=Latin}\p{Script=Cyrillic}\p{Script=Greek}]{9,40}$/u;

/** Phrase `second` says nearly the same as `first`, both as indices, `first` before `second`. */
export interface NearIdenticalPair {
  readonly first: number;
  readonly second: number;
}

/**
 * For every phrase the first one before it that says nearly the same: the same words apart from case, punctuation,
 * order, articles, plural s and one letter in the spelling of long words; or six or more words in common and one
 * word more. Cost grows with the length of the text, not with the number of pairs.
 */
export function findNearIdenticalPhrases(phrases: readonly string[]): readonly NearIdenticalPair[] {
  const whole = new Map<string, number>();
  const oneWordLess = new Map<string, number>();
  const firstSpelling = spellingIndex();
  return phrases.flatMap((phrase, second) => {
    const words = contentWords(phrase).map(firstSpelling).toSorted();
    const key = words.join(" ");
    const isCompared = words.length > fewestShared && words.length <= mostWords;
    const shorter = isCompared ? words.map((_, index) => words.toSpliced(index, 1).join(" ")) : [];
    const found = [whole.get(key), oneWordLess.get(key), ...shorter.map((text) => whole.get(text))].filter(
      (index) => index !== undefined,
    );
    if (!whole.has(key)) whole.set(key, second);
    for (const text of shorter) if (!oneWordLess.has(text)) oneWordLess.set(text, second);
    return found.length === 0 ? [] : [{ first: Math.min(...found), second }];
  });
}

/** Words in lower case without plural s; all of them where nothing but fillers would be left out. */
function contentWords(phrase: string): readonly string[] {
  const found = foldCase(phrase.normalize("NFKC")).match(/[\p{L}\p{M}\p{N}]+/gu) ?? [phrase];
  const words = found.map(dropPlural);
  const content = words.filter((word) => !fillers.has(word));
  return content.length > 0 ? content : words;
}

function dropPlural(word: string): string {
  return /^\p{Script=Latin}{3,}s$/u.test(word) ? word.slice(0, -1) : word;
}

/**
 * Makes the function that gives for a word the first one met that is spelled like it but for a letter: two long
 * words are, when leaving out one letter after the first, of one or both, makes them equal.
 */
function spellingIndex(): (word: string) => string {
  const firsts = new Map<string, string>();
  return (word) => {
    if (!longWord.test(word)) return word;
    const known = firsts.get(word);
    if (known !== undefined) return known;
    const shorter = Array.from(
      { length: word.length - 1 },
      (_, at) => word.slice(0, at + 1) + word.slice(at + 2),
    );
    const first =
      shorter.map((spelling) => firsts.get(spelling)).find((found) => found !== undefined) ?? word;
    for (const spelling of [word, ...shorter]) if (!firsts.has(spelling)) firsts.set(spelling, first);
    return first;
  };
}
