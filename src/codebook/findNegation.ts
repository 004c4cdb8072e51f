// Words that negate, by language; apostrophes are written straight here.
const negations: Readonly<Record<string, readonly string[]>> = {
  en: [
    "no",
    "not",
    "without",
    "never",
    "none",
    "neither",
    "nor",
    "nobody",
    "nothing",
    "cannot",
    "\\p{L}+n't",
  ],
  de: [
    "kein",
    "keine",
    "keinen",
    "keinem",
    "keiner",
    "keines",
    "nicht",
    "ohne",
    "niemals",
    "niemand",
    "nichts",
    "weder",
  ],
  fr: ["sans", "pas de", "pas d'\\p{L}+", "aucun", "aucune", "jamais", "ni"],
  es: ["sin", "no", "ningún", "ninguna", "ninguno", "nunca", "nadie"],
  it: ["senza", "non", "nessun", "nessuna", "nessuno"],
  pt: ["sem", "não", "nenhum", "nenhuma", "nunca", "ninguém"],
  nl: ["geen", "niet", "zonder", "nooit", "niemand", "niets"],
};
// These mean something else in another language of the list, so that they count only where the language is known.
const ambiguous: ReadonlySet<string> = new Set(["non", "ni", "sem"]);

const patterns = new Map(
  Object.entries(negations).map(([language, words]) => [language, wordPattern(words)]),
);
const anyPattern = wordPattern(
  [...new Set(Object.values(negations).flat())].filter((word) => !ambiguous.has(word)),
);

/**
 * The first word in `phrase` that negates, as written: text towers hardly read negations, and "no crowd" looks for
 * crowds. Seven languages; without a known `language` (BCP 47) words of all of them count.
 */
export function findNegation(phrase: string, language: string | undefined): string | undefined {
  const pattern = patterns.get(language?.toLowerCase().split("-")[0] ?? "") ?? anyPattern;
  return pattern.exec(phrase.normalize("NFC").replaceAll("’", "'"))?.[0];
}

function wordPattern(words: readonly string[]): RegExp {
  return new RegExp(`(?<![\\p{L}\\p{M}\\p{N}'-])(?:${words.join("|")})(?![\\p{L}\\p{M}\\p{N}'-])`, "iu");
}
