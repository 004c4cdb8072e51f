import type { CodebookDraft, DraftCategory, DraftPhrase } from "../../src/codebook/codebookDraft.ts";

/** A draft on the board: each part has a key that stays while it is edited, moved, deleted and brought back. */
export interface KeyedDraft extends Omit<CodebookDraft, "categories"> {
  readonly categories: readonly KeyedCategory[];
}

/** A category on the board. */
export interface KeyedCategory extends Omit<DraftCategory, "phrases"> {
  readonly key: string;
  readonly phrases: readonly KeyedPhrase[];
}

/** A phrase on the board; its text may be blank while it is written. */
export interface KeyedPhrase extends DraftPhrase {
  readonly key: string;
}

/** A draft as the server wants it, and whose keys its categories and phrases have, in its order. */
export interface BareDraft {
  readonly draft: CodebookDraft;
  readonly categoryKeys: readonly string[];
  readonly phraseKeys: readonly string[];
}

let keysMade = 0;

/** A key that no part of a draft on this page has yet. */
export function newKey(): string {
  keysMade++;
  return `k${keysMade}`;
}

/** Gives every part of a draft a key: the given ones, in the draft's order, else new ones. */
export function keyDraft(
  draft: CodebookDraft,
  keys: Partial<Pick<BareDraft, "categoryKeys" | "phraseKeys">> = {},
): KeyedDraft {
  let phrases = 0;
  return {
    ...draft,
    categories: draft.categories.map((category, index) => ({
      ...category,
      key: keys.categoryKeys?.[index] ?? newKey(),
      phrases: category.phrases.map((phrase) => ({
        ...phrase,
        key: keys.phraseKeys?.[phrases++] ?? newKey(),
      })),
    })),
  };
}

/** Takes the keys off, blanks at the ends of texts too, and leaves out blank phrases, which are only being written. */
export function bareDraft({ title, language, templates, categories }: KeyedDraft): BareDraft {
  const phraseKeys: string[] = [];
  return {
    draft: {
      title: maybeText(title),
      language: maybeText(language),
      templates: templates.map((template) => template.trim()).filter((template) => template !== ""),
      categories: categories.map((category) => ({
        source: category.source,
        name: category.name.trim(),
        description: maybeText(category.description),
        instructions: maybeText(category.instructions),
        residual: category.residual === true ? true : undefined,
        examples: category.examples?.length ? category.examples : undefined,
        comment: maybeText(category.comment),
        phrases: category.phrases.flatMap(({ key, source, text, comment }) => {
          if (text.trim() === "") return [];
          phraseKeys.push(key);
          return [{ source, text: text.trim(), comment: maybeText(comment) }];
        }),
      })),
    },
    categoryKeys: categories.map(({ key }) => key),
    phraseKeys,
  };
}

function maybeText(text: string | undefined): string | undefined {
  const trimmed = text?.trim();
  return trimmed === "" ? undefined : trimmed;
}

/** True when two drafts would be the same codebook, wherever their parts come from. */
export function isSameCodebook(a: KeyedDraft, b: KeyedDraft): boolean {
  if (a === b) return true;
  return contentOf(a) === contentOf(b);
}

function contentOf(draft: KeyedDraft): string {
  return JSON.stringify(bareDraft(draft).draft, (key, value) => (key === "source" ? undefined : value));
}
