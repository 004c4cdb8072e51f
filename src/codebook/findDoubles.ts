import type { ContentMistake } from "./codebookForm.ts";
import { foldCase } from "./foldCase.ts";
import { quoteText } from "./quoteText.ts";
import type { SourceEntry, SourceNode } from "./sourceNode.ts";
import type { SourcePosition } from "./sourcePosition.ts";

/** A phrase as written, with the category it stands in. */
export interface WrittenPhrase {
  readonly node: Extract<SourceNode, { kind: "text" }>;
  readonly category: string;
}

type Locate = (offset: number) => SourcePosition;

/** Categories with one name, or with names that only case, Unicode form or blanks tell apart; each names the first. */
export function findDoubledCategories(
  categories: readonly SourceEntry[],
  locate: Locate,
): readonly ContentMistake[] {
  const firsts = new Map<string, SourceEntry>();
  return categories.flatMap((entry): ContentMistake[] => {
    if (entry.key === undefined) return [];
    const folded = foldCase(normaliseBlanks(entry.key));
    const first = firsts.get(folded);
    if (first?.key === undefined) {
      firsts.set(folded, entry);
      return [];
    }
    const place = describePlace(locate(first.keyNode.start));
    const name = quoteText(entry.key);
    const what =
      first.key === entry.key
        ? `category ${name} is there twice, first at ${place}`
        : `category ${name} differs from ${quoteText(first.key)} at ${place} only by case, accents' encoding or blanks`;
    return [
      { offset: entry.keyNode.start, until: entry.value.end, what, hint: "join the two, or rename one" },
    ];
  });
}

/** Phrases that stand in the codebook before, in any category; each names the first. */
export function findDoubledPhrases(
  phrases: readonly WrittenPhrase[],
  locate: Locate,
): readonly ContentMistake[] {
  const firsts = new Map<string, WrittenPhrase>();
  return phrases.flatMap((phrase): ContentMistake[] => {
    const normal = normaliseBlanks(phrase.node.value);
    const first = firsts.get(normal);
    if (first === undefined || normal === "") {
      firsts.set(normal, phrase);
      return [];
    }
    const place = describePlace(locate(first.node.start));
    const where =
      first.category === phrase.category
        ? `twice in category ${quoteText(phrase.category)}`
        : `in category ${quoteText(phrase.category)} and in category ${quoteText(first.category)}`;
    const what = `phrase ${quoteText(phrase.node.value)} is ${where}, first at ${place}`;
    return [{ offset: phrase.node.start, until: phrase.node.end, what, hint: "keep it in one place only" }];
  });
}

/** Keys that a mapping of settings has twice. */
export function findDoubledKeys(entries: readonly SourceEntry[], locate: Locate): readonly ContentMistake[] {
  const firsts = new Map<string, SourceEntry>();
  return entries.flatMap((entry): ContentMistake[] => {
    if (entry.key === undefined) return [];
    const first = firsts.get(entry.key);
    if (first === undefined) {
      firsts.set(entry.key, entry);
      return [];
    }
    const what = `key ${quoteText(entry.key)} is there twice, first at ${describePlace(locate(first.keyNode.start))}`;
    return [{ offset: entry.keyNode.start, until: entry.value.end, what, hint: "keep one" }];
  });
}

/** Composed Unicode, trimmed, single blanks. */
function normaliseBlanks(text: string): string {
  return text.normalize("NFC").replace(/\s+/gu, " ").trim();
}

function describePlace({ line, column }: SourcePosition): string {
  return `line ${line}, column ${column}`;
}
