import type { ContentMistake } from "./codebookForm.ts";
import { foldCase } from "./foldCase.ts";
import { quoteText } from "./quoteText.ts";
import type { SourceEntry, SourceNode } from "./sourceNode.ts";
import type { SourcePosition } from "./sourcePosition.ts";
import { tokenisedForm } from "./tokenisedForm.ts";

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
    const folded = foldCase(normaliseBlanks(entry.key.replace(invisible, "")));
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
        : `category ${name} differs from ${quoteText(first.key)} at ${place} only by ${differenceOf(entry.key, first.key)}`;
    return [
      { offset: entry.keyNode.start, until: entry.value.end, what, hint: "join the two, or rename one" },
    ];
  });
}

/**
 * Phrases that stand in the codebook before, in any category; each names the first. In two categories they are one phrase
 * already if a model cannot tell them apart: no image could be decided by them.
 */
export function findDoubledPhrases(
  phrases: readonly WrittenPhrase[],
  locate: Locate,
): readonly ContentMistake[] {
  const firsts = new Map<string, WrittenPhrase>();
  const firstsTokenised = new Map<string, WrittenPhrase>();
  return phrases.flatMap((phrase): ContentMistake[] => {
    const text = quoteText(phrase.node.value);
    const normal = normaliseBlanks(phrase.node.value);
    const tokenised = tokenisedForm(normal);
    const first = firsts.get(normal);
    const firstTokenised = firstsTokenised.get(tokenised);
    if (first === undefined) firsts.set(normal, phrase);
    if (firstTokenised === undefined) firstsTokenised.set(tokenised, phrase);
    const mistake = (what: string) => [
      { offset: phrase.node.start, until: phrase.node.end, what, hint: "keep it in one place only" },
    ];
    if (normal === "") return [];
    const category = quoteText(phrase.category);
    if (first !== undefined) {
      const where =
        first.category === phrase.category
          ? `twice in category ${category}`
          : `in category ${category} and in category ${quoteText(first.category)}`;
      return mistake(`phrase ${text} is ${where}, first at ${describePlace(locate(first.node.start))}`);
    }
    if (firstTokenised === undefined || firstTokenised.category === phrase.category) return [];
    const { node, category: other } = firstTokenised;
    const place = describePlace(locate(node.start));
    return mistake(
      `phrase ${text} of category ${category} is to a model the same as ${quoteText(node.value)} of category ${quoteText(other)} at ${place}: case and blanks do not count`,
    );
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

// What no reader sees: joiners, marks of direction, variation selectors.
const invisible = /\p{Default_Ignorable_Code_Point}/gu;

function differenceOf(name: string, other: string): string {
  const usual = "case, accents' encoding or blanks";
  return name.replace(invisible, "") === name && other.replace(invisible, "") === other
    ? usual
    : `characters that nobody sees, ${usual}`;
}

/** Composed Unicode, trimmed, single blanks. */
function normaliseBlanks(text: string): string {
  return text.normalize("NFC").replace(/\s+/gu, " ").trim();
}

function describePlace({ line, column }: SourcePosition): string {
  return `line ${line}, column ${column}`;
}
