import type { CodebookDraft } from "../codebookDraft.ts";
import { normaliseComment } from "./partComment.ts";

/** A draft as it is read back after writing: texts trimmed, empty settings and comments left out. */
export function normaliseDraft(
  draft: CodebookDraft,
  { hasComments }: { readonly hasComments: boolean },
): CodebookDraft {
  const commentOf = ({ comment }: { readonly comment?: string | undefined }) =>
    hasComments ? normaliseComment(comment) : undefined;
  return {
    title: setting(draft.title),
    language: setting(draft.language),
    templates: draft.templates.map((template) => template.trim()),
    categories: draft.categories.map((category) => ({
      ...category,
      name: category.name.trim(),
      description: setting(category.description),
      instructions: setting(category.instructions),
      comment: commentOf(category),
      phrases: category.phrases.map((phrase) => ({
        ...phrase,
        text: phrase.text.trim(),
        comment: commentOf(phrase),
      })),
    })),
  };
}

function setting(text: string | undefined): string | undefined {
  const trimmed = text?.replace(/\r\n?/gu, "\n").trim();
  return trimmed === "" ? undefined : trimmed;
}

/** Whether two drafts say the same, whatever their parts were before. */
export function isSameDraft(a: CodebookDraft, b: CodebookDraft): boolean {
  return JSON.stringify(saying(a)) === JSON.stringify(saying(b));
}

function saying({ title, language, templates, categories }: CodebookDraft): unknown {
  return [
    title,
    language,
    templates,
    categories.map(({ name, description, instructions, residual, examples, comment, phrases }) => [
      name,
      description,
      instructions,
      residual,
      examples,
      comment,
      phrases.map(({ text, comment: said }) => [text, said]),
    ]),
  ];
}
